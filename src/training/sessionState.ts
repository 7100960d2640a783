import type { Diagnostic } from '../core/diagnostic';
import type { EngineInfo, HostArrays, MetricRows } from '../engine/engine';

/** docs/architecture.md §4. `paused` also means: compiled and not started. */
export type SessionState = 'idle' | 'compiling' | 'paused' | 'running' | 'done' | 'failed' | 'lost';

/** Weights, statistics and optimizer state at the start of step `step`. */
export interface Snapshot {
  readonly step: number;
  readonly state: HostArrays;
}

export type SessionEvent =
  | { readonly kind: 'state'; readonly state: SessionState; readonly step: number }
  /** Which engine computes, and why it was picked. */
  | { readonly kind: 'engine'; readonly info: EngineInfo; readonly reason: string }
  | { readonly kind: 'metrics'; readonly rows: MetricRows; readonly stepsPerSecond: number }
  /** At the evaluation cadence, on pause and at the end: the whole state, for the probe. */
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] };
