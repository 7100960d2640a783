import type { SequenceCurve, SequencePlaces } from '../../compiler/programs/compileSequence';

/** A curve with its numbers. */
export interface ReadCurve extends SequenceCurve {
  /** `sequences × steps`. */
  readonly own: Float32Array;
  /** The same of pairs that do not belong together; null where there are none. */
  readonly others: Float32Array | null;
}

/** What a probe says of places, and where things are. */
export interface ReadPlaces extends SequencePlaces {
  /** `sequences × steps × 2`, as `src/graph/places.ts` has them. */
  readonly decoded: Float32Array;
  readonly truth: Float32Array;
}

/** What a graph makes of held-out sequences, step by step. */
export interface SequenceFrame {
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  readonly sequences: number;
  readonly curves: readonly ReadCurve[];
  readonly places: readonly ReadPlaces[];
}

/** The held-out sequences themselves. */
export interface SequenceFilm {
  readonly sequences: number;
  /** Steps of a sequence. */
  readonly steps: number;
  /** Pictures of each step, `sequences × steps × height × width × channels`; null where the data has none. */
  readonly pictures: {
    readonly shape: readonly [number, number, number];
    readonly values: Float32Array;
  } | null;
  /** Where things are in them, `sequences × steps × 2`, by the name of their column. */
  readonly paths: readonly { readonly column: string; readonly values: Float32Array }[];
}
