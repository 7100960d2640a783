import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { ProbeReport } from '../../probing/report';
import type { MetricHistory } from '../../runs/metricHistory';
import type { RunRecord } from '../../runs/runRecord';

/** How the runs are listed and drawn. */
export interface RunsLook {
  readonly search: string;
  /** Only these, whatever is searched for; null for all. */
  readonly scope: RunsScope | null;
  /** Runs that differ in their seeds only are one. */
  readonly grouped: boolean;
  /** Label of the curve that is drawn. */
  readonly metric: string;
  readonly smoothing: number;
  readonly log: boolean;
  /** Ids of runs, or keys of groups, that are not drawn. */
  readonly hidden: ReadonlySet<string>;
}

/** Some runs, and what they are. */
export interface RunsScope {
  readonly title: string;
  readonly ids: ReadonlySet<string>;
}

/** Bytes of the browser's storage for this page. */
export interface StorageUse {
  readonly usage: number;
  readonly quota: number;
}

export interface RunsState {
  /** All that are kept, the latest first; null until they have been read. */
  readonly runs: readonly RunRecord[] | null;
  /** Ids of runs that some tab records; null where the browser does not say. */
  readonly recorded: ReadonlySet<string> | null;
  /** Curves of runs that are drawn, as they were read last. */
  readonly curves: ReadonlyMap<string, MetricHistory>;
  /** Reports of runs that are compared, as they were read last, oldest first. */
  readonly reports: ReadonlyMap<string, readonly ProbeReport[]>;
  readonly chosen: string | null;
  readonly look: RunsLook;
  /** Why runs are not kept, or were not read. */
  readonly fault: Diagnostic | null;
  readonly storage: StorageUse | null;
  /** Something longer is being done, in words. */
  readonly busy: string | null;
}

export type RunsStore = StoreApi<RunsState>;

export function createRunsStore(): RunsStore {
  return createStore<RunsState>(() => ({
    runs: null,
    recorded: null,
    curves: new Map(),
    reports: new Map(),
    chosen: null,
    look: {
      search: '',
      scope: null,
      grouped: false,
      metric: 'Total',
      smoothing: 0,
      log: false,
      hidden: new Set(),
    },
    fault: null,
    storage: null,
    busy: null,
  }));
}

/** What the panel asks for. Nothing rejects: failures are told in the state. */
export interface RunsActions {
  /** Keeps the list up to date from now on; returns how to stop, when nobody looks any more. */
  watch(): () => void;
  /** All that are kept, the latest first; read now where nobody has looked at them yet. */
  listed(): Promise<readonly RunRecord[]>;
  /** These curves are drawn: they are read, and read again when they have grown. */
  want(ids: readonly string[]): void;
  /** These runs are compared by their reports: likewise. */
  wantReports(ids: readonly string[]): void;
  setLook(look: Partial<RunsLook>): void;
  choose(id: string | null): void;
  change(id: string, change: Partial<Pick<RunRecord, 'name' | 'tags' | 'starred'>>): void;
  remove(ids: readonly string[]): void;
  /** Makes room: these runs cannot be gone on with any more. */
  removeWeights(ids: readonly string[]): void;
  /** Opens its graph and trains on where it ended. */
  resume(id: string): void;
  openGraph(id: string): void;
  /** Opens its graph with its weights, at rest. */
  openWeights(id: string): void;
  save(ids: readonly string[]): void;
  /** Asks for a file of runs and takes them in. */
  load(): void;
  dismissFault(): void;
}
