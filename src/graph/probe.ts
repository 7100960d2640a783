import type { Builder } from '../ir/builder';
import type { Shape, Value } from '../ir/types';

/** What a reader that is trained online is given. */
export interface ReaderContext {
  readonly builder: Builder;
  /** A weight named in `weights`. */
  weight(name: string): Value;
}

/** A small model that is trained on a representation, beside the graph and without a gradient into it. */
export interface OnlineReader {
  /**
   * For `features` numbers in, and a number for each class, or the numbers of a target, out. All are zero at first: the problem
   * is convex.
   */
  weights(
    features: number,
    outputs: number,
  ): readonly { readonly name: string; readonly shape: Shape }[];
  /** `[N, outputs]` of standardised features `[N, features]`: logits of classes, or a standardised target. */
  predict(context: ReaderContext, features: Value): Value;
  /** Live parameter with its learning rate. */
  readonly rate: string;
}

/**
 * A node that reads and never trains (docs/semantics.md §7), in place of `lower`. Its input `in` is what it reads; one that
 * predicts has an optional input `target`, which stands for the labels of the data where it is left open.
 */
export interface ProbeContract<P> {
  /** How its report is made: an entry of the table of readings (`src/probing/readings`). */
  readonly reading: string;
  /** Whether it predicts a target, and is compared with itself on untrained weights and on raw input. */
  readonly predicts: boolean;
  readonly online?: OnlineReader;
  /** Whether it looks at values with views on, as in training; otherwise as evaluations do. */
  seesViews?(params: P): boolean;
}
