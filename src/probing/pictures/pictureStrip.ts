/** Images of one port, one for each sample. */
export interface PictureRow {
  readonly key: string;
  readonly label: string;
  /** Height, width and channels, 1 or 3. */
  readonly shape: readonly [number, number, number];
  /** `count × height × width × channels`. */
  readonly values: Float32Array;
}

/** The same held-out samples in each row: as they are, and as the graph makes them. */
export interface PictureStrip {
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  readonly count: number;
  readonly rows: readonly PictureRow[];
}
