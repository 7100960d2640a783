/** Ends of the two axes. */
export interface LandscapeRange {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export type PlanePoint = readonly [number, number];

/** F over a grid, and what lies on it. */
export interface LandscapeFrame {
  readonly viewId: string;
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  readonly columns: number;
  readonly rows: number;
  readonly range: LandscapeRange;
  /** `rows × columns`, F at the middle of each cell; the first row is at the lower end of the vertical axis. */
  readonly values: Float32Array;
  /** `n × 2`: held-out samples, or where inference or an encoder puts their latent. */
  readonly points: Float32Array;
  /** Number of the held-out sample of each of them, and the data set that they are of; null where there are none. */
  readonly samples: Int32Array;
  readonly dataset: string | null;
  /** `n × 2`: where the chains of samplers of contrastive points are. */
  readonly chains: Float32Array;
  /** `n × 2`: contrastive points of samplers without chains, for the batch of the next step. */
  readonly negatives: Float32Array;
  /** The one held-out sample at which other observed values are held; null where there are none. */
  readonly sample: HeldSample | null;
  /** Where that sample itself lies on the plane, if it does. */
  readonly place: PlanePoint | null;
}

export interface HeldSample {
  readonly index: number;
  /** How many there are to choose from. */
  readonly count: number;
}

/** A value that was chosen for a latent. */
export interface ChosenValue {
  readonly key: string;
  /** All its numbers. */
  readonly value: readonly number[];
}

/** A way down from a point. */
export interface Descent {
  readonly path: readonly PlanePoint[];
  /** F at each point of the path. */
  readonly energies: readonly number[];
  readonly end: DescentEnd;
}

/** Why a descent ended: no step leads lower; it left the neighbourhood; there were enough steps; F is not finite there. */
export type DescentEnd = 'minimum' | 'away' | 'steps' | 'not finite';
