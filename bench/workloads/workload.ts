/** Layers of a classifier: `widths` from the input to the classes, ReLU between. */
export interface MlpModel {
  readonly kind: 'mlp';
  readonly batch: number;
  readonly widths: readonly number[];
}

/** Two encoders D→H→E and a predictor E→H→E under VICReg (see `jointEmbeddingLoss` of each engine). */
export interface JointEmbeddingModel {
  readonly kind: 'jointEmbedding';
  readonly batch: number;
  readonly input: number;
  readonly hidden: number;
  readonly embedding: number;
}

/** Convolutions 3×3 with stride 2 and padding 1 on square images of one channel, ReLU after each, then a linear layer. */
export interface ConvModel {
  readonly kind: 'conv';
  readonly batch: number;
  readonly size: number;
  /** Channels of the convolutions, from the image's own on. */
  readonly channels: readonly number[];
  readonly classes: number;
}

/** One block: layer norm, attention, layer norm, MLP with GELU (tanh form), each added to its input; mean squared error. */
export interface TransformerModel {
  readonly kind: 'transformer';
  readonly batch: number;
  readonly tokens: number;
  readonly width: number;
  readonly heads: number;
  readonly hidden: number;
}

export type Model = MlpModel | JointEmbeddingModel | ConvModel | TransformerModel;
export type ModelKind = Model['kind'];
export type ModelOf<K extends ModelKind> = Extract<Model, { kind: K }>;

/** What every engine trains: the same model on one fixed batch, from the same weights, with the same optimizer. */
export interface Workload {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  readonly model: Model;
  /** Steps from the initial weights after which the losses of all engines are compared. */
  readonly checkedSteps: number;
}

/** Adam's settings, the same everywhere. */
export const ADAM = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Weights of the terms of VICReg: Bardes, Ponce, LeCun (2022). */
export const VICREG = { invariance: 25, variance: 25, covariance: 1, epsilon: 1e-4 } as const;

export const LAYER_NORM_EPSILON = 1e-5;

/** GELU(x) ≈ ½x(1 + tanh(√(2/π)·(x + 0.044715x³))): Hendrycks and Gimpel (2016). */
export const GELU = { scale: Math.sqrt(2 / Math.PI), cubic: 0.044715 } as const;
