/** How many numbers become two or three. */
export type EmbeddingMethod = 'pca' | 'umap';

/** What the points of an embedding are coloured by. */
export type PointColour =
  | { readonly by: 'label' }
  /** Euclidean norm of the value. */
  | { readonly by: 'norm' }
  /** One number of the value, from 0. */
  | { readonly by: 'component'; readonly index: number }
  /** An energy of the sample, by its node. */
  | { readonly by: 'energy'; readonly nodeId: string };

export interface EmbeddingSettings {
  /** Key of one of `embeddingPorts`. */
  readonly port: string;
  readonly method: EmbeddingMethod;
  readonly dimensions: 2 | 3;
  readonly colour: PointColour;
}

/** Values of one port for held-out samples, as points that can be drawn. */
export interface EmbeddingFrame {
  readonly port: string;
  readonly method: EmbeddingMethod;
  readonly dimensions: 2 | 3;
  /** Of the weights; null for those that a training starts with. */
  readonly step: number | null;
  /** `n × dimensions`, turned as the frame before. */
  readonly places: Float32Array;
  /** Number of the held-out sample of each point. */
  readonly samples: Int32Array;
  /** Which step of time each point is of; null without time. */
  readonly times: Int32Array | null;
  /** Of each point, where it is coloured by a number. */
  readonly scalars: Float32Array | null;
  /** Part of the variance that lies along the axes of a principal component analysis. */
  readonly explained: number | null;
  /** Numbers of one point before. */
  readonly width: number;
  /** Points that were left out, so that the picture is there in time. */
  readonly leftOut: number;
}

/** One observed column of held-out samples, to say what a point is. */
export interface SampleColumn {
  readonly name: string;
  /** Numbers of one sample. */
  readonly size: number;
  /** Steps of time in a sample; null without time. */
  readonly time: number | null;
  /** Height, width and channels where it can be shown as a picture. */
  readonly picture: readonly [number, number, number] | null;
  /** A row for each sample. */
  readonly values: Float32Array;
}

/** The held-out samples that points are of. */
export interface SampleTable {
  /** Data set, as `DatasetSpec.id` has it. */
  readonly dataset: string;
  readonly columns: readonly SampleColumn[];
  /** Class of each sample; null without labels. */
  readonly labels: Int32Array | null;
}
