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

/** A JEPA: encoders D→H→E of x and y, a predictor (E+latent)→H→E that also reads z, and VICReg on both representations. */
export interface JepaModel {
  readonly kind: 'jepa';
  readonly batch: number;
  readonly input: number;
  readonly hidden: number;
  readonly embedding: number;
  readonly latent: number;
  /** Gradient steps by which z is found. */
  readonly steps: number;
}

/** The negative log-likelihood of an MLP energy, its samples by Langevin dynamics from a replay buffer. */
export interface LangevinModel {
  readonly kind: 'langevin';
  readonly batch: number;
  /** From the numbers of a point to the energy; SiLU between. */
  readonly widths: readonly number[];
  readonly steps: number;
  /** Chains that are kept: a multiple of the batch. */
  readonly buffer: number;
}

/** Sparse coding: codes of least ‖y − zW‖² + λ‖z‖₁, rows of W of length at most 1. */
export interface SparseCodingModel {
  readonly kind: 'sparseCoding';
  readonly batch: number;
  readonly pixels: number;
  readonly atoms: number;
  /** Proximal gradient steps by which z is found. */
  readonly steps: number;
}

/** Models of which a step has a loop of its own: something is found by the gradient of an energy before weights move. */
export type SearchingModel = JepaModel | LangevinModel | SparseCodingModel;

/** Models whose step is a loss and its gradient. */
export type PlainModel = MlpModel | JointEmbeddingModel | ConvModel | TransformerModel;

export type Model = PlainModel | SearchingModel;
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
  /**
   * How they are: the losses are equal, or fall from the first step by about as much, where engines draw numbers of
   * their own or take steps of their own.
   */
  readonly check: 'equal' | 'falls';
}

/** Adam's settings, the same everywhere. */
export const ADAM = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Weights of the terms of VICReg: Bardes, Ponce, LeCun (2022). */
export const VICREG = { invariance: 25, variance: 25, covariance: 1, epsilon: 1e-4 } as const;

export const LAYER_NORM_EPSILON = 1e-5;

/** GELU(x) ≈ ½x(1 + tanh(√(2/π)·(x + 0.044715x³))): Hendrycks and Gimpel (2016). */
export const GELU = { scale: Math.sqrt(2 / Math.PI), cubic: 0.044715 } as const;

/** The numbers of the searches and of the losses around them, by the kind of model. */
export const SEARCH = {
  /** Weights of the prediction error and of ‖z‖², and the rate η of the steps of z. */
  jepa: { error: 5, bound: 0.3, rate: 0.5 },
  /** y ← y − η∇F + √(2η) ε in a range, with restarts anywhere in it; α weighs the squares of the energies. */
  langevin: { rate: 0.01, alpha: 1, restart: 0.05, low: -2, high: 2 },
  /** λ of the L1 term, and the rate η of the steps of z. */
  sparseCoding: { penalty: 1, rate: 0.05 },
} as const satisfies { readonly [K in SearchingModel['kind']]: object };

/** The name by which a loss looks up what was found: z, or the samples of the energy. */
export const FOUND = 'found';

export function isSearching(model: Model): model is SearchingModel {
  return 'steps' in model;
}
