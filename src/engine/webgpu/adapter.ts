import type { PlanLimits } from '../../codegen/plan';
import type { PlanOptions } from '../../codegen/planProgram';
import { withDeadline } from '../../core/watch/withDeadline';
import type { EngineInfo } from '../engine';
import { SUBGROUP_FEATURE, quadsAreConsecutive } from './subgroups';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

/** A driver that hangs answers nothing, and other engines are there: so long is each of its first answers waited for, in milliseconds. */
const FIRST_ANSWER_MS = 10_000;

/** The adapter that programs run on, or null where there is none. Rejects with a `NoAnswerError` where nobody says. */
export function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  const ask = async (): Promise<GPUAdapter | null> =>
    (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ??
    (await gpu.requestAdapter());
  return withDeadline(ask(), FIRST_ANSWER_MS, 'the graphics adapter');
}

/** A device with all the memory, bindings and operations that kernels can make use of. Rejects as `requestAdapter` does. */
export function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const device = adapter.requestDevice({
    requiredLimits: { ...wantedLimits(adapter) },
    requiredFeatures: adapter.features.has(SUBGROUP_FEATURE) ? [SUBGROUP_FEATURE] : [],
  });
  return withDeadline(device, FIRST_ANSWER_MS, 'the device of the graphics adapter');
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
  const cooperative = !software;
  if (!software) return { cooperative, subgroups: false };
  const quads = withDeadline(quadsAreConsecutive(device), FIRST_ANSWER_MS, 'the device');
  return { cooperative, subgroups: await quads.catch(() => false) };
}
