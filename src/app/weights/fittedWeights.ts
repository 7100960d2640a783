import type { Diagnostic } from '../../core/diagnostic';
import type { BasinDocument } from '../../document/schema';
import type { Misfit } from '../../interop/matchArrays';
import type { Snapshot } from '../../training/sessionState';

/** The weights of a file, laid against the open graph. */
export interface FittedWeights {
  /** What a run would begin with. */
  readonly start: Snapshot;
  /** What of the graph is not had from the file, and what of the file the graph does not have. */
  readonly misfits: readonly Misfit[];
  /** In what the run would be another one than that of the file. */
  readonly warnings: readonly string[];
  /** The step from which the open graph was trained: before it, the weights were another one's. */
  readonly trainedFrom: number;
}

/** Weights of a file that wait for the user's word. */
export interface IncomingWeights {
  readonly kind: 'weights';
  readonly fileName: string;
  /** How they fit the open graph; the reasons why none of them do. */
  readonly fit: FittedWeights | readonly Diagnostic[];
  /** What they were trained with, where the file has it. */
  readonly document: BasinDocument | null;
  readonly step: number | null;
  /** Loads them into the document that they were trained with, which is opened. */
  openTheirs(): void;
}
