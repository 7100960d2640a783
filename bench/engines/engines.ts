import type { BenchEngine, EngineName } from './contract';

/** How each engine is made; each is loaded only in the worker that runs it. */
export const makeEngine: { readonly [K in EngineName]: () => Promise<BenchEngine> } = {
  'basin-webgpu': async () => (await import('./basinEngine')).basinWebGPU(),
  'tfjs-webgpu': async () => (await import('./tfjsEngine')).tfjsWebGPU(),
  'jax-webgpu': async () => (await import('./jaxEngine')).jaxEngine('webgpu'),
  'basin-tfjs-wasm': async () => (await import('./basinEngine')).basinTfjsWasm(),
  'tfjs-wasm': async () => (await import('./tfjsEngine')).tfjsWasm(),
  'jax-wasm': async () => (await import('./jaxEngine')).jaxEngine('wasm'),
};
