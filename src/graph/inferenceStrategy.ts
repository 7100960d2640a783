import type { z } from 'zod';
import type { Builder } from '../ir/builder';
import type { Shape, Value } from '../ir/types';
import type { Mode } from './mode';

/** Per-sample regularizers that have a closed proximal step: λ‖z‖₁ and λ‖z‖². */
export type ProximalTerm = 'l1' | 'l2';

/** The values of a variable that are looked at, the same for all samples. */
export interface Codes {
  /** `[K, …]`, one value of the variable a row. */
  readonly points: Value;
  /**
   * Logarithm of what a point stands for in a sum over all of them: 0 for each of a discrete variable's values, log Δ for
   * a point of a grid with cells of size Δ, −log K for one of K draws.
   */
  readonly logMeasure: number;
}

/** One free variable of a problem. */
export interface ProblemVariable {
  /** Where inference starts, `[B, …]`. */
  readonly start: Value;
  /** Parameters of its node: those of the strategy and the node's own. */
  readonly params: Readonly<Record<string, unknown>>;
  /** A live parameter of its node as an f32 scalar. */
  live(parameter: string): Value;
  /** N(0, 1) in the given shape, fresh for each step and each of `count` iterations. */
  normal(shape: Shape, iteration: Value, count: number): Value;
  /** What its node says may be looked at; asked of by strategies that look at all of it. */
  codes(): Codes;
  /**
   * Weights of the L1 and L2 terms that act on it and on nothing else, added up: f32 scalars, null where there is none.
   * They are λ, or λ/T for a sequence, over which an energy is averaged.
   */
  readonly penalties: Readonly<Record<ProximalTerm, Value | null>>;
}

/** The energy of a problem at some point. */
export interface EnergyAt {
  /** All energies and per-sample regularizers that depend on a variable, each times its λ, one number a row. */
  readonly total: Value;
  /** The gradient of that by each variable, without that of the penalties, which enter by their proximal step. */
  slopes(): Value[];
  /** The gradient of all of it by each variable. */
  fullSlopes(): Value[];
}

/** Free variables that share an energy, and that energy (docs/semantics.md §4). Weights are constants in it. */
export interface InferenceProblem {
  readonly builder: Builder;
  readonly mode: Mode;
  /** B. */
  readonly batch: number;
  /**
   * Times the steps that the strategy would take, rounded: more than 1 to see how far from a minimum it ends, less to see
   * how it got there.
   */
  readonly effort: number;
  readonly variables: readonly ProblemVariable[];
  /** At values of `[B·copies, …]`: rows b·copies … (b+1)·copies − 1 are points for sample b. */
  energyAt(values: readonly Value[], copies?: number): EnergyAt;
}

/** What inference comes to: a point for each sample, or K of them with probabilities. */
export type Inferred =
  | {
      readonly form: 'point';
      /** In the order of the variables, each of its start's shape. */
      readonly values: readonly Value[];
      /** Whether gradients of the objective go through how the point was found; it is a constant otherwise. */
      readonly differentiable?: boolean;
    }
  | {
      readonly form: 'distribution';
      readonly count: number;
      /** `[B·K, …]` each, K rows a sample. */
      readonly points: readonly Value[];
      /** p, `[B, K]`: constants. */
      readonly probabilities: Value;
      /** F = Σ_k p_k E_k + offset, `[B]`: the free energy where p are its Gibbs–Boltzmann probabilities. */
      readonly offset: Value;
    };

/**
 * One way to find a free variable, for all that depends on it: the inspector's choice and its parameters, where it
 * starts, the loop, the objective's formula, and what the lint may assume.
 */
export interface InferenceStrategy {
  /** Value of the node's `mode` parameter; documents name it. */
  readonly mode: string;
  /** What the choice says, as part of a sentence. */
  readonly summary: string;
  /** Parameters that a node with this strategy has; modes that share a parameter declare the same one. */
  readonly parameters: z.ZodRawShape;
  /** Where the variable starts, or is drawn from. */
  start(params: Readonly<Record<string, unknown>>): InferenceStart;
  /** Whether what it finds is bounded in what it can carry about the target, without any regularizer. */
  readonly boundsLatent: boolean;
  /** How the objective is written over the variables; null where nothing is inferred: the start is the value. */
  readonly search: Search | null;
}

/**
 * `zero`, a draw from the `prior`, the `guess` of an encoder, a draw from the `posterior` that an encoder gives, or the value
 * that was found `last` for the same row of the data.
 */
export type InferenceStart = 'zero' | 'prior' | 'guess' | 'posterior' | 'last';

export interface Search {
  /** The operator before the energy, e.g. `\min_{z}` and `min over z of`; names are TeX and plain text. */
  readonly tex: (names: string) => string;
  readonly text: (names: string) => string;
  /** Whether it ends at a minimum if it takes steps enough, so that its distance from one says how well it did. */
  readonly seeksMinimum: boolean;
  /** Whether it looks at all codes of all variables together. */
  readonly looksAtCodes: boolean;
  /** How many steps it takes, in which no others can be taken; null where it takes none. */
  readonly steps: StepCount | null;
  find(problem: InferenceProblem): Inferred;
}

/** Steps for variables with these parameters, which are found together. */
export type StepCount = (
  params: readonly Readonly<Record<string, unknown>>[],
  mode: Mode,
) => number;

/** Which values a variable may have, for whoever chooses one by hand. */
export type Domain =
  /** An angle in radians. */
  | { readonly kind: 'circle' }
  /** One of so many one-hot codes, or of the states of so many units that are 0 or 1. */
  | { readonly kind: 'one-hot' | 'binary'; readonly size: number }
  /** Any numbers; usual ones lie within ±extent. */
  | { readonly kind: 'space'; readonly extent: number };

/** A value that inference finds. The node's `lower` gives its starting point. */
export interface FreeVariable {
  readonly port: string;
  readonly mode: string;
  readonly search: Search;
  /** What may be looked at, for strategies that look at all of it. */
  readonly codes?: CodeSource;
  readonly domain: Domain;
  /** Name of the node's statistic that keeps what was found by row of the data, where inference starts from it. */
  readonly remembers?: string;
}

export interface CodeSource {
  /** K. */
  readonly count: number;
  make(context: CodeContext): Codes;
}

export interface CodeContext {
  readonly builder: Builder;
  /** Of the variable for one sample. */
  readonly shape: Shape;
  /** N(0, 1), fresh for each step. */
  normal(shape: Shape): Value;
}
