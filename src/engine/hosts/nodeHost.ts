import { success } from '../../core/result';
import { nodeWasmPaths } from '../tfjs/nodeWasm';
import { gpuUnavailable } from '../webgpu/gpuUnavailable';
import { createNodeGpu } from '../webgpu/nodeGpu';
import type { EngineHost } from './engineHost';

/** Node, where Dawn stands in for a browser's WebGPU. */
export const nodeHost: EngineHost = {
  gpu: async () => {
    const gpu = await createNodeGpu();
    return gpu
      ? success(gpu)
      : gpuUnavailable('Dawn finds no adapter to compute on.', 'Use the engine “tfjs”.');
  },
  wasmPaths: () => Promise.resolve(nodeWasmPaths()),
};
