import type { BasinDocument } from '../document/schema';
import type { Verdict } from '../probing/verdicts/verdicts';
import type { HistoryHead } from './metricHistory';
import type { SeriesInfo } from './seriesInfo';

/** `running`: of a run that nobody records any more it says that it was interrupted. `stopped`: ended before its last step. */
export type RunStatus = 'running' | 'paused' | 'done' | 'stopped' | 'failed';

/** What computed a run. */
export interface RunEngine {
  readonly name: string;
  readonly badge: string;
  readonly backend: string;
  readonly description: string;
}

/** What the last report of a run says. */
export interface RunJudgement {
  readonly step: number;
  readonly verdict: Verdict;
  readonly reason: string;
}

/** Where a run was when its whole state was kept: it can go on from there. */
export interface CheckpointInfo {
  readonly step: number;
  readonly bytes: number;
  /** With the optimizer's state: the run goes on exactly. */
  readonly isWhole: boolean;
}

/** The place of a run in a sweep. */
export interface TrialInfo {
  readonly sweepId: string;
  readonly trial: number;
}

/** Everything that is kept of a run but its curve, its reports and its weights. */
export interface RunRecord {
  readonly id: string;
  /** Counts the runs of this browser: colours go by it. */
  readonly ordinal: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly starred: boolean;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly updated: number;
  readonly status: RunStatus;
  /** As it was trained; with live values as they were changed last. */
  readonly document: BasinDocument;
  /** The same for runs that differ in nothing but their seeds: `runGroup`. */
  readonly group: string;
  readonly engine: RunEngine | null;
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  /** The step from which this graph was trained: before that the weights were another one's. */
  readonly trainedFrom: number;
  /** The document says all: no live value was changed on the way, and no weights were carried over. */
  readonly reproducible: boolean;
  readonly series: readonly SeriesInfo[];
  readonly curve: HistoryHead;
  readonly judgement: RunJudgement | null;
  /** The numbers of the last report: `finalNumbers`. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly checkpoint: CheckpointInfo | null;
  /** Of the run whose weights it began with; `kept` says which, where the graph of that run was another one. */
  readonly parent: { readonly id: string; readonly step: number; readonly kept?: string } | null;
  readonly trial: TrialInfo | null;
  /** Why it ended, where it ended on a fault. */
  readonly fault: string | null;
}

export const NO_CURVE: HistoryHead = {
  names: [],
  firstStep: 0,
  stride: 1,
  length: 0,
  inLast: 0,
  last: [],
};

/** Whether a run can be told to go on. */
export function canResume({ checkpoint }: RunRecord): boolean {
  return checkpoint !== null;
}
