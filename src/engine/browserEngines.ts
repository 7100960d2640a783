import { success, type Result } from '../core/result';
import type { Engine } from './engine';

/** The engines of a browser's worker. Each is loaded when it is first asked for. */
export const browserEngines = {
  webgpu: async (): Promise<Result<Engine>> => {
    const { createWebGPUEngine } = await import('./webgpu/createWebGPUEngine');
    return createWebGPUEngine();
  },
  tfjs: async (): Promise<Result<Engine>> => {
    const { createTfjsEngine } = await import('./tfjs/createTfjsEngine');
    const { browserWasmPaths } = await import('./tfjs/browserWasm');
    return createTfjsEngine({ backend: 'auto', wasmPaths: browserWasmPaths });
  },
  reference: async (): Promise<Result<Engine>> => {
    const { createReferenceEngine } = await import('./reference/referenceEngine');
    return success(createReferenceEngine());
  },
} as const;
