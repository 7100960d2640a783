import type { Program } from '../../ir/types';
import type { PortKey } from '../graph/graph';
import type { DataRequest } from '../lowering/dataRequest';
import type { ProgramMetrics } from '../metrics';

export interface TrainingProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly metrics: ProgramMetrics;
}

/** One representation port: the tensor output of a module that is to be watched for collapse. */
export interface RepresentationPort {
  readonly key: PortKey;
  readonly nodeId: string;
  readonly port: string;
  readonly label: string;
  /** Rows of the captured matrix (batch, or batch·time) and its width. */
  readonly rows: number;
  readonly dim: number;
  /** `embedding`: the space is learned and can collapse. `prediction`: it lives in a space that data gives. */
  readonly space: 'embedding' | 'prediction';
}

/**
 * What stands in for y_other. `shuffled`: the y of another sample. Where x is y or there is no x, every sample's own y is
 * a true pair, and points off the data stand in: `blended` are sums of two samples, `recombined` take each number from
 * another sample, where these are units that are on or off.
 */
export type ContrastKind = 'shuffled' | 'blended' | 'recombined';

export interface WatchedEnergy {
  readonly nodeId: string;
  readonly label: string;
  /** How F(x, y_other) is made; null where no other y exists. */
  readonly contrast: ContrastKind | null;
  /** Whether y is one of two values that the energy takes. */
  readonly isCompared: boolean;
  /** Whether a latent, found or drawn, is among what it is computed from. */
  readonly hasLatent: boolean;
  /** The representations that it is computed from: when they have collapsed, its gap says nothing. */
  readonly representations: readonly PortKey[];
}

/** A free variable of which it is said how far from a minimum inference has ended. */
export interface WatchedVariable {
  readonly nodeId: string;
  readonly label: string;
  /** After how many steps its energy is known, ascending: from none to all that are taken; empty where none are. */
  readonly steps: readonly number[];
}

/** Names in the evaluation program's `outputs`. */
export const OUTPUT = {
  /** `[rows, dim]`. */
  representation: (key: PortKey) => `rep:${key}`,
  /** `[B]`: F(x, y) of matching pairs. */
  energy: (nodeId: string) => `energy:${nodeId}`,
  /** `[B]`: F(x, y_other), free variables inferred anew. */
  shuffledEnergy: (nodeId: string) => `shuffled:${nodeId}`,
  /** `[B]`, where y off the data is compared with a prediction: the target of another sample against the prediction for this one. */
  mismatchedEnergy: (nodeId: string) => `mismatched:${nodeId}`,
  /** `[B]`: E(x, y, z_other), the latents of true pairs given to other samples. */
  latentShuffledEnergy: (nodeId: string) => `latentShuffled:${nodeId}`,
  /** `[B]`: all energies that depend on a free variable, where inference has ended. */
  inferredEnergy: (nodeId: string) => `inferred:${nodeId}`,
  /** `[B]`: the same after some of the steps. */
  partlyInferredEnergy: (nodeId: string, steps: number) => `inferred:${nodeId}@${steps}`,
  /** `[B]`: the norm of their gradient by it. */
  inferredSlope: (nodeId: string) => `slope:${nodeId}`,
  /** `[B]`, where it was asked for: the same energies after ten times the steps. */
  tenfoldEnergy: (nodeId: string) => `tenfold:${nodeId}`,
} as const;

/**
 * A forward pass in evaluate mode on held-out rows (docs/semantics.md §9). Its state is the training program's weights and
 * statistics under the same names; its metrics are `loss` and the terms.
 */
export interface EvaluationProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  readonly metrics: ProgramMetrics;
  readonly batch: number;
  readonly representations: readonly RepresentationPort[];
  readonly energies: readonly WatchedEnergy[];
  readonly variables: readonly WatchedVariable[];
  /** Whether inference was tried with ten times the steps, too. */
  readonly tenfold: boolean;
}
