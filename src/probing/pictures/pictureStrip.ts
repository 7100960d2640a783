import type { PictureShape } from '../../graph/pictureShape';

/** Pictures of one kind. */
export interface PictureRow {
  readonly key: string;
  readonly label: string;
  readonly shape: PictureShape;
  readonly count: number;
  /** `count × height × width × channels`. */
  readonly values: Float32Array;
  /** What is black and what is white; null: each picture has a scale of its own, 0 in the middle. */
  readonly limits: readonly [number, number] | null;
}

/** Held-out samples, the same ones in each row that is of samples, and what the graph makes of them; besides samples of its own and atoms. */
export interface PictureStrip {
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  /** Samples. */
  readonly count: number;
  readonly rows: readonly PictureRow[];
}
