import type { Program } from '../../ir/types';
import type { PortKey } from '../graph/graph';
import type { DataRequest } from '../lowering/dataRequest';
import type { ProgramMetrics } from '../metrics';
import type { WatchedProbe } from '../probes/watchedProbe';

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
  /** The ports that give the views of a sample through the same weights, itself among them; empty where it is alone. */
  readonly views: readonly PortKey[];
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
  /** It is trained against points that follow it: a walk down its own gradient, or a generator. */
  readonly hasOwnSamples: boolean;
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

/** A latent, found, drawn or given, that energies are computed from. */
export interface WatchedLatent {
  readonly nodeId: string;
  readonly label: string;
  /** Rows of the captured matrix (batch, or batch·time) and its width. */
  readonly rows: number;
  readonly dim: number;
  /** Its numbers are the shares of codes. */
  readonly isCode: boolean;
  /** An encoder gives mean and log-variance. */
  readonly hasPosterior: boolean;
  /** Nodes of the energies that are computed from it. */
  readonly energies: readonly string[];
}

/** Names in the evaluation program's `outputs`. */
export const OUTPUT = {
  /** `[rows, dim]`. */
  representation: (key: PortKey) => `rep:${key}`,
  /** `[rows, dim]`: the same with the views on, where it is one of several views. */
  view: (key: PortKey) => `view:${key}`,
  /** `[B]`: F(x, y) of matching pairs. */
  energy: (nodeId: string) => `energy:${nodeId}`,
  /** `[B]`: F(x, y_other), free variables inferred anew. */
  shuffledEnergy: (nodeId: string) => `shuffled:${nodeId}`,
  /** `[T]`, where the energy is over a sequence: F(x, y) and F(x, y_other) of each step, means over the samples. */
  energySteps: (nodeId: string) => `energySteps:${nodeId}`,
  shuffledEnergySteps: (nodeId: string) => `shuffledSteps:${nodeId}`,
  /** `[B]`, where y off the data is compared with a prediction: the target of another sample against the prediction for this one. */
  mismatchedEnergy: (nodeId: string) => `mismatched:${nodeId}`,
  /** `[B]`: E(x, y, z) at the latents of true pairs; F(x, y) where these are points, and not distributions. */
  latentEnergy: (nodeId: string) => `latentEnergy:${nodeId}`,
  /** `[B]`: E(x, y, z_other), the latents of true pairs given to other samples. */
  latentShuffledEnergy: (nodeId: string) => `latentShuffled:${nodeId}`,
  /** `[B]`: all energies that depend on a free variable, where inference has ended. */
  inferredEnergy: (nodeId: string) => `inferred:${nodeId}`,
  /** `[B]`: the same after some of the steps. */
  partlyInferredEnergy: (nodeId: string, steps: number) => `inferred:${nodeId}@${steps}`,
  /** `[B]`: the norm of their gradient by it. */
  inferredSlope: (nodeId: string) => `slope:${nodeId}`,
  /** `[rows, dim]`: a latent as it was found, drawn or given. */
  latent: (nodeId: string) => `latent:${nodeId}`,
  /** `[rows, dim]`, where it has a posterior: that one's parameters. */
  latentMean: (nodeId: string) => `latentMean:${nodeId}`,
  latentLogVariance: (nodeId: string) => `latentLogVariance:${nodeId}`,
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
  readonly latents: readonly WatchedLatent[];
  readonly probes: readonly WatchedProbe[];
  /** Nodes of representations and energies that are not trained as a whole from step 0 on → the step from which they are. */
  readonly trainedFrom: ReadonlyMap<string, number>;
  /** Whether inference was tried with ten times the steps, too. */
  readonly tenfold: boolean;
}

/** Names in the gradient program's `outputs`. */
export const GRADIENT_OUTPUT = {
  /** `[modules, 3]`: ‖∂L/∂w‖, ‖w‖ and ‖w′ − w‖ over all weights of each module. */
  modules: 'modules',
  /** `[ports, terms]`: ‖∂(λt)/∂z‖ of each term by each representation. */
  terms: 'terms',
} as const;

/** A node with a name, as a row or column of an output. */
export interface NamedNode {
  readonly nodeId: string;
  readonly label: string;
}

/**
 * The training step that would come next, looked at and not taken. Its state is the training program's, under the same names.
 */
export interface GradientProgram {
  readonly program: Program;
  readonly data: readonly DataRequest[];
  /** Owners of weights, a row each. */
  readonly modules: readonly NamedNode[];
  /** Representations, a row each. */
  readonly ports: readonly PortKey[];
  /** Nodes of the objective, a column each. */
  readonly terms: readonly NamedNode[];
}
