import type { EngineFactory } from '../training/engineFactory';
import type { PreparedTraining } from '../training/prepareTraining';
import { failure, success, type Result } from '../core/result';
import type { Engine } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nodeWasmPaths } from '../engine/tfjs/nodeWasm';
import { createWebGPUEngine } from '../engine/webgpu/createWebGPUEngine';
import { createNodeGpu } from '../engine/webgpu/nodeGpu';

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

export type EngineOption = 'auto' | keyof typeof NODE_ENGINES;
export const ENGINES = ['auto', 'webgpu', 'tfjs', 'reference'] as const;

/** An engine by name. `auto` is WebGPU on real hardware, else TensorFlow.js. */
export async function createEngine(name: EngineOption): Promise<Result<Engine>> {
  if (name !== 'auto') return NODE_ENGINES[name]();
  const webgpu = await NODE_ENGINES.webgpu();
  if (webgpu.ok && !webgpu.value.info.software) return webgpu;
  return NODE_ENGINES.tfjs();
}

/** Makes the engine of a training session, with the reason for the choice. */
export function engineFactory(name: EngineOption, _prepared: PreparedTraining): EngineFactory {
  return async () => {
    const created = await createEngine(name);
    if (!created.ok) return created;
    const reason = name === 'auto' ? 'picked' : 'As asked for.';
    return success({ engine: created.value, reason }, created.diagnostics);
  };
}
