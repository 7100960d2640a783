import { success } from '../../core/result';
import { noGpu } from '../webgpu/gpuUnavailable';
import type { EngineHost } from './engineHost';

/** A browser's page or worker, as Vite builds it. */
export const browserHost: EngineHost = {
  gpu: () => Promise.resolve('gpu' in navigator ? success(navigator.gpu) : noGpu()),
  wasmPaths: async () => (await import('../tfjs/browserWasm')).browserWasmPaths,
};
