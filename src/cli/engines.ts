import { failure, success, type Result } from '../core/result';
import { calibrate } from '../engine/calibrate';
import type { Engine } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';
import { createWebGPUEngine } from '../engine/webgpu/createWebGPUEngine';
import { createNodeGpu } from '../engine/webgpu/nodeGpu';
import { chooseEngine } from '../training/chooseEngine';
import type { EngineFactory } from '../training/engineFactory';

/** The engines as Node has them. */
export const NODE_ENGINES = {
  webgpu: async (): Promise<Result<Engine>> => {
    const gpu = await createNodeGpu();
    if (gpu) return createWebGPUEngine({ gpu });
    return failure({
      code: 'run.engine-unavailable',
      severity: 'error',
      message: 'WebGPU is not available here: Dawn finds no adapter to compute on.',
      hint: 'Use --engine tfjs.',
    });
  },
  tfjs: () => createTfjsEngine({ backend: 'auto', wasmPaths: nodeWasmPaths() }),
  reference: () => Promise.resolve(success<Engine>(createReferenceEngine())),
} as const;

export const ENGINES = ['auto', 'webgpu', 'tfjs', 'reference'] as const;
export type EngineOption = (typeof ENGINES)[number];

/** Makes the engine of a training session, with the reason for the choice. */
export function engineFactory(name: EngineOption): EngineFactory {
  return chooseEngine(name, NODE_ENGINES, calibrate).factory;
}
