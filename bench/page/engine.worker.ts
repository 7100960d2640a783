import { expose } from 'comlink';
import type { TileTime } from '../../src/codegen/wgsl/kernels/tileTimes';
import { defined } from '../../src/core/invariant';
import {
  UnsupportedError,
  type BenchEngine,
  type EngineName,
  type Training,
} from '../engines/contract';
import { makeEngine } from '../engines/engines';
import { countGpuCalls, gpuCalls } from '../engines/gpuCalls';
import { profileKernels, type KernelTime } from '../engines/profileKernels';
import { timeTiles } from '../engines/timeTiles';
import type { Workload } from '../workloads/workload';

export interface Started {
  /** From the arrays to the end of the first step, in milliseconds. */
  readonly compileMs: number;
  readonly bytesPerStep: number | null;
  readonly firstLoss: number;
  /** After the workload's checked steps. */
  readonly loss: number;
  /** Of the checked steps after the first one; a first estimate. */
  readonly msPerStep: number;
}

export interface Measured {
  /** From the first call until the last step is computed, in milliseconds. */
  readonly ms: number;
  /** Of the calling thread; null where it computes the steps itself. */
  readonly jsMs: number | null;
}

export interface Counted {
  readonly dispatchesPerStep: number;
  readonly submitsPerStep: number;
}

let engine: BenchEngine | null = null;
let training: Training | null = null;

const api = {
  async open(name: EngineName): Promise<string> {
    countGpuCalls();
    engine = await makeEngine[name]();
    return engine.backend;
  },

  async start(workload: Workload): Promise<Started | { readonly unsupported: string }> {
    const began = performance.now();
    try {
      training = await defined(engine, 'engine').start(workload);
    } catch (error) {
      if (error instanceof UnsupportedError) return { unsupported: error.message };
      throw error;
    }
    const compileMs = performance.now() - began;
    const firstLoss = await training.loss();
    const since = performance.now();
    const rest = workload.checkedSteps - 1;
    await training.run(rest);
    const msPerStep = (performance.now() - since) / rest;
    const { bytesPerStep } = training;
    const loss = await training.loss();
    return { compileMs, bytesPerStep, firstLoss, loss, msPerStep };
  },

  async measure(steps: number): Promise<Measured> {
    const began = performance.now();
    const { jsMs } = await defined(training, 'training').run(steps);
    return { ms: performance.now() - began, jsMs };
  },

  async count(steps: number): Promise<Counted> {
    const before = gpuCalls();
    await defined(training, 'training').run(steps);
    const after = gpuCalls();
    return {
      dispatchesPerStep: (after.dispatches - before.dispatches) / steps,
      submitsPerStep: (after.submits - before.submits) / steps,
    };
  },

  loss: (): Promise<number> => defined(training, 'training').loss(),

  stop(): void {
    training?.dispose();
    training = null;
  },

  profile: (workload: Workload): Promise<KernelTime[]> => profileKernels(workload.model),

  timeTiles: (): Promise<TileTime[]> => timeTiles(),
};

export type EngineWorker = typeof api;
expose(api);
