import type { ProbeArm } from '../../compiler/probes/probeValues';
import type { WatchedProbe } from '../../compiler/probes/watchedProbe';
import type { Shape } from '../../ir/types';
import type { RowMatrix } from '../rowMatrix';
import type { Truth } from '../scores';

/** A number for each arm; null where the input has no rows to be compared with, or nothing has been learned yet. */
export type ArmScores = Readonly<Record<ProbeArm, number | null>>;

/** How well held-out rows are predicted, beside the same probe on the untrained model and on raw input. */
export interface ScoreReading {
  readonly kind: 'score';
  readonly label: string;
  readonly measure: 'accuracy' | 'R²';
  /** Held-out rows. */
  readonly rows: number;
  readonly scores: ArmScores;
  /** How often rows of each class (down) were taken for each class (across); null for numbers, and for very many classes. */
  readonly confusion: readonly (readonly number[])[] | null;
}

/** Counts of each dimension over one range. */
export interface HistogramReading {
  readonly kind: 'histogram';
  readonly label: string;
  readonly rows: number;
  readonly low: number;
  readonly high: number;
  /** Of the dimensions that are shown: the first ones. */
  readonly counts: readonly (readonly number[])[];
  readonly dimensions: number;
}

/** The first held-out rows as they pass. */
export interface ViewReading {
  readonly kind: 'view';
  readonly label: string;
  /** Of a row. */
  readonly shape: Shape;
  readonly samples: readonly (readonly number[])[];
}

export type ProbeReading = ScoreReading | HistogramReading | ViewReading;

/** What was captured of a probe on one split. */
export interface Captured {
  readonly arms: ReadonlyMap<ProbeArm, RowMatrix>;
  readonly truth: Truth | null;
}

export interface ReadingMaterial {
  readonly probe: WatchedProbe;
  readonly heldOut: Captured;
  /** Of training rows, for readings that look at these. */
  readonly training: Captured | null;
}

/** How the report of a probe is made. */
export interface Reading {
  /** Whether it looks at training rows, too. */
  readonly readsTraining: boolean;
  read(material: ReadingMaterial): ProbeReading;
}
