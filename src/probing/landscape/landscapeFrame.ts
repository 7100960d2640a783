/** Ends of the two axes. */
export interface LandscapeRange {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export type PlanePoint = readonly [number, number];

/** What is asked of a landscape. */
export interface LandscapeSettings {
  /** Null to be chosen. */
  readonly range: LandscapeRange | null;
  /** Number of the held-out sample at which the other observed values are held. */
  readonly sample: number;
  readonly slice: SliceSettings;
  /** Whether gradients are wanted too. */
  readonly arrows: boolean;
}

/** Where a slice lies; each plane takes what is its own. */
export interface SliceSettings {
  /** Numbers of the held-out samples that a plane of y begins at and leads to. */
  readonly first: number;
  readonly second: number;
  /** Number of the one that gives its other direction, made orthogonal; null: a random direction. */
  readonly third: number | null;
  /** Numbers of a code that vary, from 0; null: along random directions. */
  readonly components: readonly [number, number] | null;
  /** Which rows an objective is evaluated on, and the node of the term that is shown; null: all of it. */
  readonly split: 'train' | 'heldOut';
  readonly term: string | null;
  /** Of random directions, beside that of the document. */
  readonly seed: number;
}

/** What an axis is of. */
export interface AxisName {
  /** Its coordinate, such as `a`. */
  readonly symbol: string;
  /** What stands along it. */
  readonly label: string;
}

/** A point that a plane was laid through. */
export interface PlaneMark {
  /** A number or a letter. */
  readonly label: string;
  readonly point: PlanePoint;
}

/** Values over a plane: origin + a·across + b·up at the point (a, b), all steps of a sequence together. */
export interface PlaneValues {
  readonly origin: Float32Array;
  readonly across: Float32Array;
  readonly up: Float32Array;
}

/** F over a grid, and what lies on it. */
export interface LandscapeFrame {
  readonly viewId: string;
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  readonly columns: number;
  readonly rows: number;
  readonly range: LandscapeRange;
  readonly axes: readonly [AxisName, AxisName];
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
  /** What the plane was laid through, besides that, and how many held-out samples there are to lay it through. */
  readonly marks: readonly PlaneMark[];
  readonly available: number;
  /** Where inference was for the held sample after some of its steps, from its start to its end. */
  readonly inference: InferencePath | null;
  /** `n × 4`: points, and −∇F there, as far as it lies in the plane, in units of the axes. Null where it was not wanted. */
  readonly arrows: Float32Array | null;
  /** Of y at a point, where that is a picture. */
  readonly pictures: PlaneValues | null;
  /** Cells that are still between others that were computed; 0 where all are. */
  readonly missing: number;
}

/** How inference came to a latent, seen on a plane. */
export interface InferencePath {
  readonly path: readonly PlanePoint[];
  /** E there. */
  readonly energies: readonly number[];
  /** After how many steps. */
  readonly steps: readonly number[];
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
  /** How far beside the plane it ended, in lengths of the plane's axes: all numbers of a value descend. */
  readonly beside: number;
  /** The value at its end, where that is a picture. */
  readonly last: Float32Array | null;
}

/** Why a descent ended: no step leads lower; it left the neighbourhood; there were enough steps; F is not finite there. */
export type DescentEnd = 'minimum' | 'away' | 'steps' | 'not finite';
