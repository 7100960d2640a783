import type { PlanLimits } from '../../codegen/plan';
import type { PlanOptions } from '../../codegen/planProgram';
import type { EngineInfo } from '../engine';
import { SUBGROUP_FEATURE, quadsAreConsecutive } from './subgroups';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** The adapter that programs run on, or null where there is none. */
export async function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  return (
    (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ??
    (await gpu.requestAdapter())
  );
}

/** A device with all the memory, bindings and operations that kernels can make use of. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredLimits: { ...wantedLimits(adapter) },
    requiredFeatures: adapter.features.has(SUBGROUP_FEATURE) ? [SUBGROUP_FEATURE] : [],
  });
}

export function describeAdapter(adapter: GPUAdapter): EngineInfo {
  const { vendor, architecture, description, device, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'GPU';
  const software = isFallbackAdapter || SOFTWARE.test(`${name} ${architecture}`);
  return {
    name: 'webgpu',
    badge: 'WebGPU',
    backend: name,
    description: software
      ? `WebGPU on ${name}: a software adapter, correct but slow`
      : `WebGPU on ${name}`,
    software,
    runsKernels: true,
  };
}

/** All the memory and bindings that the adapter has; the rest of the defaults suffices. */
export function wantedLimits({
  limits,
}: GPUAdapter): Omit<PlanLimits, 'maxComputeWorkgroupsPerDimension'> {
  return {
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
  };
}

/** The kernels that suit an adapter's device. */
export async function suitableKernels(
  { software }: Pick<EngineInfo, 'software'>,
  device: GPUDevice,
): Promise<Required<Pick<PlanOptions, 'cooperative' | 'subgroups'>>> {
  return { cooperative: !software, subgroups: software && (await quadsAreConsecutive(device)) };
}
