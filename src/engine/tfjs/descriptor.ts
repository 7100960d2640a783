import type { EngineDescriptor } from '../descriptor';

export const tfjs: EngineDescriptor = {
  name: 'tfjs',
  label: 'TensorFlow.js',
  hint: 'Portable: WebAssembly, in every browser',
  automatic: true,
  portable: true,
  hasRoom: async (program) => {
    const { hasRoomOnWasm } = await import('./planOnBackend');
    return hasRoomOnWasm(program);
  },
  create: async (host) => {
    const { createTfjsEngine } = await import('./createTfjsEngine');
    return createTfjsEngine({ backend: 'auto', wasmPaths: await host.wasmPaths() });
  },
};
