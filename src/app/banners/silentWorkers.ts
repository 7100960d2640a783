import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SilenceListener, SilentWorker } from '../../../workers/client';

export interface SilentWorkersState {
  /** Those that nothing is heard of, in the order in which they went silent. */
  readonly silent: readonly SilentWorker[];
}

export type SilentWorkers = StoreApi<SilentWorkersState>;

export function createSilentWorkers(): SilentWorkers {
  return createStore<SilentWorkersState>(() => ({ silent: [] }));
}

/** Puts a worker on the list until it is heard of again. */
export function listSilent(workers: SilentWorkers): SilenceListener {
  return (worker) => {
    workers.setState(({ silent }) => ({ silent: [...silent, worker] }));
    return () => dropSilent(workers, worker);
  };
}

/** Off the list: it is heard of again, or the user does not want to hear of it. */
export function dropSilent(workers: SilentWorkers, worker: SilentWorker): void {
  workers.setState(({ silent }) => ({ silent: silent.filter((other) => other !== worker) }));
}
