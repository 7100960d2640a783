import type { LandscapeRange } from '../landscape/landscapeFrame';

/** What is asked about a code. */
export interface LatentSettings {
  /** One of `latentViews`. */
  readonly viewId: string;
  /** The held-out sample whose code is looked at. */
  readonly sample: number;
  /** Numbers of the code that were changed by hand, by their place. */
  readonly changes: Readonly<Record<number, number>>;
}

/** One number of a code, from low to high, while the others stay. */
export interface Traversal {
  /** Which number, from 0. */
  readonly component: number;
  /** Its values. */
  readonly values: readonly number[];
  /** The first of its values in `made`. */
  readonly first: number;
}

/** What a graph makes of a code, and of others near to it. */
export interface LatentFrame {
  readonly viewId: string;
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  readonly sample: number;
  readonly samples: number;
  /** The code of the sample, and the one that is looked at. */
  readonly code: Float32Array;
  readonly chosen: Float32Array;
  /** Mean and deviation of each number over held-out samples, as inference or an encoder gives them. */
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
  /** The value of the sample that the graph is to make, `width` numbers. */
  readonly target: Float32Array;
  /** `n × width`: made of the chosen code first, then of the traversals, then of the gallery. */
  readonly made: Float32Array;
  readonly width: number;
  readonly traversals: readonly Traversal[];
  /** All codes of a list, or atoms: what each number of the code adds alone. */
  readonly gallery: {
    readonly kind: 'codes' | 'atoms';
    /** The first of them in `made`. */
    readonly first: number;
    readonly count: number;
    /** How often each is taken, or the mean size of its number. */
    readonly use: Float32Array;
  } | null;
  /** `n × 2`, of a plane: targets of held-out samples. */
  readonly points: Float32Array | null;
  readonly range: LandscapeRange | null;
  /**
   * The held-out sample whose target is nearest to each made value, and what can be seen of these; null where made values
   * are pictures or points themselves.
   */
  readonly nearest: Int32Array | null;
}
