import type { EngineDescriptor } from '../descriptor';

export const webgpu: EngineDescriptor = {
  name: 'webgpu',
  label: 'WebGPU',
  hint: 'Compiled to the GPU',
  automatic: true,
  portable: false,
  hasRoom: async (program, host) => {
    const gpu = await host.gpu();
    if (!gpu.ok) return false;
    const { hasRoomOnGpu } = await import('./checkPlanLimits');
    return hasRoomOnGpu(program, gpu.value);
  },
  create: async (host) => {
    const gpu = await host.gpu();
    if (!gpu.ok) return gpu;
    const { createWebGPUEngine } = await import('./createWebGPUEngine');
    return createWebGPUEngine({ gpu: gpu.value });
  },
};
