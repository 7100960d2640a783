import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { RunRecord } from '../../runs/runRecord';
import type { SweepAxis, SweepDefinition } from '../../runs/sweepDefinition';

/** How a sweep that is being run gets on. */
export interface SweepProgress {
  /** Trials that are being trained, in parts of one trial. */
  readonly underWay: number;
  /** Workers at it. */
  readonly workers: number;
  /** Milliseconds; null until a trial has been finished. */
  readonly left: number | null;
}

/** What the user asks for; the rest is the open graph's. */
export interface SweepPlan {
  readonly axes: readonly SweepAxis[];
  readonly seeds: number;
  readonly steps: number;
  readonly order: SweepDefinition['order'];
  readonly engine: string;
}

/** The name of what the diagram shows when it is no number. */
export const BY_VERDICT = 'verdict';

export interface SweepsState {
  /** The latest first; null until they have been read. */
  readonly sweeps: readonly SweepDefinition[] | null;
  /** Their runs, by sweep. */
  readonly runs: ReadonlyMap<string, readonly RunRecord[]>;
  readonly chosen: string | null;
  /** Those that are being run here. */
  readonly progress: ReadonlyMap<string, SweepProgress>;
  /** Those that are being run in other tabs. */
  readonly elsewhere: ReadonlySet<string>;
  /** What the diagram shows: the verdict, or the name of a number. */
  readonly metric: string;
  /** A sweep is being planned. */
  readonly planning: boolean;
  readonly fault: Diagnostic | null;
}

export type SweepsStore = StoreApi<SweepsState>;

export function createSweepsStore(): SweepsStore {
  return createStore<SweepsState>(() => ({
    sweeps: null,
    runs: new Map(),
    chosen: null,
    progress: new Map(),
    elsewhere: new Set(),
    metric: BY_VERDICT,
    planning: false,
    fault: null,
  }));
}

/** What the panel asks for. Nothing rejects: failures are told in the state. */
export interface SweepsActions {
  /** Keeps what is shown up to date from now on; returns how to stop. */
  watch(): () => void;
  plan(planning: boolean): void;
  /** Sweeps over the open graph. */
  start(plan: SweepPlan): void;
  /** After the trials that are under way are called off: they are begun anew later. */
  pause(id: string): void;
  resume(id: string): void;
  choose(id: string | null): void;
  setMetric(metric: string): void;
  /** Its runs too, where they are not wanted any more. */
  remove(id: string, withRuns: boolean): void;
  /** Shows these runs in the list of all runs. */
  showRuns(title: string, ids: readonly string[]): void;
  save(id: string): void;
  dismissFault(): void;
}
