import '../src/core/withoutEval';
import { registry } from '../nodes/index';
import { listKernels } from '../src/codegen/report/kernelListing';
import { DEFAULT_LIMITS, type PlanLimits } from '../src/codegen/plan';
import { planProgram } from '../src/codegen/planProgram';
import { analyse } from '../src/compiler/analysis/analyse';
import { compileTraining } from '../src/compiler/programs/compileTraining';
import {
  describeAdapter,
  requestAdapter,
  requestDevice,
  suitableKernels,
  wantedLimits,
} from '../src/engine/webgpu/adapter';
import { checkPlanLimits } from '../src/engine/webgpu/checkPlanLimits';
import { exportPytorch } from '../src/interop/pytorch/exportPytorch';
import { fetchAsset } from './assets';
import { exposeWorker } from './exposeWorker';
import type { BasinDocument } from '../src/document/schema';
import type { ExportAnswer, PlanAnswer, PlanRequest, PlanTarget, PlanWorkerApi } from './protocol';

interface Target extends PlanTarget {
  readonly limits: PlanLimits;
  readonly subgroups: boolean;
}

/** Without an adapter: what every device with WebGPU can do. */
const ANY_DEVICE: Target = {
  adapter: null,
  software: false,
  limits: DEFAULT_LIMITS,
  subgroups: false,
};

/** Plans for the adapter that the engine would run on, so that the kernels are the ones it runs. */
class PlanWorker implements PlanWorkerApi {
  private target: Promise<Target> | null = null;

  async exportPytorch(document: BasinDocument): Promise<ExportAnswer> {
    const exported = await exportPytorch(document, registry, {
      asset: fetchAsset,
    });
    return { files: exported.ok ? exported.value : null, diagnostics: exported.diagnostics };
  }

  async plan({ revision, document }: PlanRequest): Promise<PlanAnswer> {
    const { limits, subgroups, ...target } = await (this.target ??= findTarget());
    const start = performance.now();
    const training = compileTraining(analyse(document, registry));
    if (!training.ok) {
      const { diagnostics } = training;
      return { revision, target, listing: null, compileMs: 0, diagnostics };
    }
    const plan = planProgram(training.value.program, {
      limits,
      cooperative: !target.software,
      subgroups,
    });
    return {
      revision,
      target,
      compileMs: performance.now() - start,
      listing: listKernels(plan),
      diagnostics: checkPlanLimits(plan, limits),
    };
  }
}

async function findTarget(): Promise<Target> {
  try {
    const adapter = 'gpu' in navigator ? await requestAdapter(navigator.gpu) : null;
    if (adapter === null) return ANY_DEVICE;
    const { backend, software } = describeAdapter(adapter);
    const limits = { ...DEFAULT_LIMITS, ...wantedLimits(adapter) };
    return { adapter: backend, software, limits, subgroups: await hasSubgroups(adapter, software) };
  } catch {
    // A browser that has WebGPU but will not give it: planning needs none.
    return ANY_DEVICE;
  }
}

async function hasSubgroups(adapter: GPUAdapter, software: boolean): Promise<boolean> {
  const device = await requestDevice(adapter);
  const { subgroups } = await suitableKernels({ software }, device);
  device.destroy();
  return subgroups;
}

exposeWorker(new PlanWorker());
