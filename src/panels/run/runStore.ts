import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Diagnostic } from '../../core/diagnostic';
import type { ProbeReport } from '../../probing/report';
import type { SessionState } from '../../training/sessionState';
import type { EngineChoice } from '../../../workers/protocol';
import { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { ReportHistory } from './reportHistory';

/** What computes, and why it was picked. */
export interface EngineSummary {
  readonly name: string;
  /** Its name in short. */
  readonly badge: string;
  readonly backend: string;
  readonly description: string;
  readonly software: boolean;
  /** Whether it runs the kernels that the Kernels tab lists. */
  readonly runsKernels: boolean;
  readonly reason: string;
}

/** Something to tell the user about the run, until it is dismissed or overtaken. */
export interface RunProblem extends Diagnostic {
  /** To tell equal messages apart. */
  readonly id: number;
}

export interface RunState {
  readonly state: SessionState;
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  /** Null until it has been measured. */
  readonly stepsPerSecond: number | null;
  readonly engineChoice: EngineChoice;
  readonly engine: EngineSummary | null;
  /** The graph is not the one that was compiled any more. */
  readonly stale: boolean;
  /** What has changed where it is stale, as a sentence begins: “The graph and the seed”. */
  readonly changed: string;
  /** What a run would keep of its weights that goes on with the changed graph; null where it would start anew. */
  readonly keeps: string | null;
  /** Where it went on with a changed graph. */
  readonly edits: readonly RunEdit[];
  /**
   * The run is what the document says, from step 0 on: anybody who runs it gets the same. Not so once a live value was changed on the
   * way, or weights were carried over from another graph.
   */
  readonly reproducible: boolean;
  /** In the order of the objective: total, terms, gradient norm. */
  readonly series: readonly SeriesInfo[];
  /** The same object for ever; `metricsVersion` counts its changes. */
  readonly metrics: MetricHistory;
  readonly metricsVersion: number;
  readonly reports: ReportHistory;
  readonly report: ProbeReport | null;
  /** The graph is another one by now than the one that the report is of. */
  readonly reportStale: boolean;
  /** What came after the report could not be judged, or its judgement does not come: the report is of before. */
  readonly reportBehind: boolean;
  /** What ended the run on a value that was not finite, until it goes on or another one starts. */
  readonly divergence: Diagnostic | null;
  /** A report is being computed. */
  readonly probing: boolean;
  readonly problems: readonly RunProblem[];
}

/** A run went on with a changed graph: what changed, and what was kept. */
export interface RunEdit {
  readonly step: number;
  readonly message: string;
}

export type RunStore = StoreApi<RunState>;

export function createRunStore(engineChoice: EngineChoice = 'auto'): RunStore {
  return createStore<RunState>(() => ({
    ...EMPTY_RUN,
    engineChoice,
    engine: null,
    metrics: new MetricHistory(),
    metricsVersion: 0,
    reports: new ReportHistory(),
    problems: [],
  }));
}

/** What a run starts from. */
export const EMPTY_RUN = {
  state: 'idle',
  step: 0,
  totalSteps: 0,
  stepsPerSecond: null,
  stale: false,
  changed: 'The graph',
  keeps: null,
  edits: [],
  reproducible: true,
  series: [],
  report: null,
  reportStale: false,
  reportBehind: false,
  divergence: null,
  probing: false,
} as const satisfies Partial<RunState>;

/** What the user can ask of a run. Each call is safe at any time. */
export interface RunActions {
  /** Compiles when need be, and runs; a run that is going is paused. */
  toggle(): void;
  /** Runs from step 0 with the graph as it is. */
  runAnew(): void;
  /** Runs from step 0 with the graph as it is, and rests after so many steps. */
  runSteps(count: number): void;
  /** Runs the changed graph with the weights of the old one, as far as they fit, also where it would start anew by itself. */
  runWithWeights(): void;
  pause(): void;
  /** Ends the run and frees the engine. Curves stay; the next run starts at step 0. */
  stop(): void;
  step(count?: number): void;
  /** Back to step 0 and the initial weights. */
  reset(): void;
  chooseEngine(choice: EngineChoice): void;
  dismiss(problemId: number): void;
}
