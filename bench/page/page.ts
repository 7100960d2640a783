/** The page of the benchmark: a worker for each engine. What Node may call is gathered in one object. */

import { wrap, type Remote } from 'comlink';
import type { TileTime } from '../../src/codegen/wgsl/kernels/tileTimes';
import { defined } from '../../src/core/invariant';
import { requestAdapter } from '../../src/engine/webgpu/adapter';
import type { EngineName } from '../engines/contract';
import type { KernelTime } from '../engines/profileKernels';
import type { Workload } from '../workloads/workload';
import type { Counted, EngineWorker, Measured, Started } from './engine.worker';

interface Open {
  readonly worker: Worker;
  readonly remote: Remote<EngineWorker>;
}

const workers = new Map<EngineName, Open>();

function remoteOf(name: EngineName): Remote<EngineWorker> {
  return defined(workers.get(name), `worker of ${name}`).remote;
}

const page = {
  /** One line on the WebGPU adapter; null where there is none. */
  async adapter(): Promise<string | null> {
    const adapter = navigator.gpu && (await requestAdapter(navigator.gpu));
    if (!adapter) return null;
    const { vendor, architecture, description } = adapter.info;
    return [vendor, architecture, description].filter(Boolean).join(' ') || 'unnamed';
  },
  /** Loads an engine and says what computes. */
  async open(name: EngineName): Promise<string> {
    const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
    const remote = wrap<EngineWorker>(worker);
    workers.set(name, { worker, remote });
    return remote.open(name);
  },
  close(name: EngineName): void {
    workers.get(name)?.worker.terminate();
    workers.delete(name);
  },
  start: (
    name: EngineName,
    workload: Workload,
  ): Promise<Started | { readonly unsupported: string }> => remoteOf(name).start(workload),
  measure: (name: EngineName, steps: number): Promise<Measured> => remoteOf(name).measure(steps),
  count: (name: EngineName, steps: number): Promise<Counted> => remoteOf(name).count(steps),
  loss: (name: EngineName): Promise<number> => remoteOf(name).loss(),
  stop: (name: EngineName): Promise<void> => remoteOf(name).stop(),
  profile: (name: EngineName, workload: Workload): Promise<KernelTime[]> =>
    remoteOf(name).profile(workload),
  timeTiles: (name: EngineName): Promise<TileTime[]> => remoteOf(name).timeTiles(),
};

export type BenchPage = typeof page;

declare global {
  var basinBench: BenchPage;
}

globalThis.basinBench = page;
