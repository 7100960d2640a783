import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument } from '../../document/schema';
import type { EngineInfo } from '../../engine/engine';
import type { ProbeReport } from '../../probing/report';
import type { MetricHistory, Rows } from '../../runs/metricHistory';
import type { SessionState, Snapshot } from '../../training/sessionState';

/** A session that has been opened, for whoever keeps what comes of it. */
export interface ObservedSession {
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  readonly startStep: number;
  readonly trainedFrom: number;
  readonly reproducible: boolean;
  /** The run of the archive that it goes on with; null: a run of its own, unless it is the last one on another engine. */
  readonly recordId: string | null;
  /** The run of the archive that its weights are from, where that is not the one before. */
  readonly parentId: string | null;
  /** What was kept of the run before, whose graph was another one; null otherwise. */
  readonly kept: string | null;
  /** The whole state, between two steps. Rejects when the session is not open any more. */
  takeSnapshot(): Promise<Snapshot>;
}

/** A run that was kept, to be gone on with. */
export interface KeptRun {
  readonly recordId: string | null;
  /** Where the weights of a run of its own are from. */
  readonly parentId: string | null;
  /** Its state; where it lacks the optimizer's, that starts anew. */
  readonly snapshot: Snapshot;
  /** Its curve so far; null for a run of its own that begins with these weights. */
  readonly history: MetricHistory | null;
  readonly reports: readonly ProbeReport[];
  readonly trainedFrom: number;
  readonly reproducible: boolean;
}

/** Hears what happens to runs. Nothing that it does holds a run up. */
export interface RunObserver {
  opened(session: ObservedSession): void;
  engine(info: EngineInfo): void;
  metrics(rows: Rows): void;
  state(state: SessionState, step: number, totalSteps: number): void;
  judged(report: ProbeReport): void;
  /** A live value was changed, before the first step or on the way: this is the document that says so. */
  changed(document: BasinDocument, isOnTheWay: boolean): void;
  /** What ended it, in words. */
  fault(message: string): void;
  /** Back at step 0: what comes is another run. */
  restarted(): void;
  /** Before the session is closed on purpose: resolves when its state is kept, or cannot be had soon. */
  beforeClose(): Promise<void>;
  closed(): void;
}
