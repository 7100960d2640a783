import type { PlanLimits } from '../../codegen/plan';
import { planProgram, type PlanOptions } from '../../codegen/planProgram';
import { success, type Result } from '../../core/result';
import { RING_CAPACITY } from '../../ir/metricsRing';
import type { Engine, EngineInfo } from '../engine';
import { OutOfMemoryError } from '../outOfMemoryError';
import { describeAdapter, requestAdapter, requestDevice, suitableKernels } from './adapter';
import { shortagesOf } from './checkPlanLimits';
import { GpuContext, type GpuStats } from './gpuContext';
import { GpuProgram } from './gpuProgram';
import { gpuUnavailable, noGpu } from './gpuUnavailable';
import { PipelineCache } from './pipelineCache';
import { WebGPUExecutable } from './webgpuExecutable';

export interface WebGPUOptions {
  /** Where to ask for an adapter; `navigator.gpu` when not given. */
  readonly gpu?: GPU;
  /** Rows of the metrics ring; a test may want a small one. */
  readonly ringCapacity?: number;
  /** Which kernels to use (see `PlanOptions`); by default those that suit the adapter. */
  readonly cooperative?: boolean;
  readonly subgroups?: boolean;
  /** Whether kernels are fused (see `PlanOptions`). */
  readonly fused?: boolean;
}

/** The engine, with what tests and panels may want to know of its device. */
export interface WebGPUEngine extends Engine {
  readonly stats: Readonly<GpuStats>;
  /** How it plans programs. */
  readonly planOptions: PlanOptions & { readonly limits: PlanLimits };
  /** Loses the device on purpose. */
  loseDevice(): void;
}

/**
 * The compiled engine: own WGSL kernels, static buffers, many steps a submit. Diagnostics are
 * `run.engine-unavailable` when there is no adapter or it gives no device. Its `compile` throws an
 * `OutOfMemoryError` for programs that the adapter has no room for.
 */
export async function createWebGPUEngine(
  options: WebGPUOptions = {},
): Promise<Result<WebGPUEngine>> {
  const gpu = options.gpu ?? (typeof navigator === 'undefined' ? undefined : navigator.gpu);
  if (!gpu) return noGpu();
  let adapter: GPUAdapter | null;
  let device: GPUDevice;
  try {
    adapter = await requestAdapter(gpu);
    if (!adapter) return gpuUnavailable('no graphics adapter was found.');
    device = await requestDevice(adapter);
  } catch (error) {
    return gpuUnavailable(`${error instanceof Error ? error.message : String(error)}.`);
  }
  const info = describeAdapter(adapter);
  const { cooperative, subgroups } = await suitableKernels(info, device);
  const choice = { cooperative, subgroups, ...options };
  return success(makeEngine(info, new GpuContext(device, gpu), choice));
}

type KernelChoice = WebGPUOptions & Required<Pick<WebGPUOptions, 'cooperative' | 'subgroups'>>;

function makeEngine(
  info: EngineInfo,
  context: GpuContext,
  { ringCapacity = RING_CAPACITY, cooperative, subgroups, fused = true }: KernelChoice,
): WebGPUEngine {
  const pipelines = new PipelineCache(context);
  const executables = new Set<WebGPUExecutable>();
  const { limits } = context.device;
  const planOptions = { limits, ringCapacity, cooperative, subgroups, fused };
  return {
    info,
    stats: context.stats,
    planOptions,
    lost: context.lost,
    compile: async (program, data) => {
      context.check();
      const plan = planProgram(program, planOptions);
      const [tooLarge] = shortagesOf(plan, limits);
      if (tooLarge) throw new OutOfMemoryError(tooLarge);
      const gpu = await GpuProgram.create(context, pipelines, plan, program, data);
      const executable: WebGPUExecutable = new WebGPUExecutable(context, gpu, () =>
        executables.delete(executable),
      );
      executables.add(executable);
      return executable;
    },
    loseDevice: () => context.lose(),
    dispose: () => {
      for (const executable of [...executables]) executable.dispose();
      context.dispose();
    },
  };
}
