import type { BenchEngine, EngineName } from './contract';

/** How each engine is made; each is loaded only in the worker that runs it. */
export const makeEngine: { readonly [K in EngineName]: () => Promise<BenchEngine> } = {
  'basin-webgpu': async () => (await import('./basinEngine')).basinWebGPU(),
  'tfjs-webgpu': async () => (await import('./tfjsEngine')).tfjsWebGPU(),
  'basin-tfjs-wasm': async () => (await import('./basinEngine')).basinTfjsWasm(),
  'tfjs-wasm': async () => (await import('./tfjsEngine')).tfjsWasm(),
};
