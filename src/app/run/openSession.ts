import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument, TrainingSettings } from '../../document/schema';
import type { Snapshot } from '../../training/sessionState';
import type { RunTag } from '../../../workers/protocol';

/** What is to happen once the graph is compiled: run, rest, or a number of steps. */
export type Intention = 'run' | 'rest' | number;

/** Of the training settings, what the worker goes by and no program depends on. */
export type Pace = Pick<TrainingSettings, 'steps' | 'evaluateEvery'>;

/** One opened session of the training worker. */
export interface OpenSession {
  readonly tag: RunTag;
  /** As compiled. */
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  /** What it was to carry on from; after its worker has been replaced, what it goes on from. */
  startedFrom: Snapshot | undefined;
  /** The step from which this graph was trained: weights that were kept are of another one before. */
  trainedFrom: number;
  pace: Pace;
  intention: Intention;
  /** Compiled. */
  ready: boolean;
}
