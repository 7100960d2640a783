import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument } from '../../document/schema';
import type { Snapshot } from '../../training/sessionState';
import type { RunTag } from '../../../workers/protocol';

/** What is to happen once the graph is compiled: run, rest, or a number of steps. */
export type Intention = 'run' | 'rest' | number;

/** One opened session of the training worker. */
export interface OpenSession {
  readonly tag: RunTag;
  /** As compiled. */
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  /** What it was to carry on from. */
  readonly startedFrom: Snapshot | undefined;
  intention: Intention;
  /** Compiled. */
  ready: boolean;
}
