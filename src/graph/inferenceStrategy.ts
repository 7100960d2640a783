import type { z } from 'zod';
import type { Builder } from '../ir/builder';
import type { Value } from '../ir/types';
import type { Mode } from './mode';

/** Per-sample regularizers that have a closed proximal step: λ‖z‖₁ and λ‖z‖². */
export type ProximalTerm = 'l1' | 'l2';

/** One free variable of a problem. */
export interface ProblemVariable {
  /** Where inference starts, `[B, …]`. */
  readonly start: Value;
  /** Parameters of its node: those of the strategy and the node's own. */
  readonly params: Readonly<Record<string, unknown>>;
  /** A live parameter of its node as an f32 scalar. */
  live(parameter: string): Value;
  /**
   * Weights of the L1 and L2 terms that act on it and on nothing else, added up: f32 scalars, null where there is none.
   * They are λ, or λ/T for a sequence, over which an energy is averaged.
   */
  readonly penalties: Readonly<Record<ProximalTerm, Value | null>>;
}

/** The energy of a problem at some point. */
export interface EnergyAt {
  /** All energies and per-sample regularizers that depend on a variable, each times its λ: `[B]`. */
  readonly total: Value;
  /** The gradient of that by each variable, without that of the penalties, which enter by their proximal step. */
  slopes(): Value[];
}

/** Free variables that share an energy, and that energy (docs/semantics.md §4). Weights are constants in it. */
export interface InferenceProblem {
  readonly builder: Builder;
  readonly mode: Mode;
  /** Times the steps that the strategy would take: more than 1 to see how far from a minimum it ends. */
  readonly effort: number;
  readonly variables: readonly ProblemVariable[];
  energyAt(values: readonly Value[]): EnergyAt;
}

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
  start(params: Readonly<Record<string, unknown>>): 'zero' | 'prior' | 'guess';
  /** Whether what it finds is bounded in what it can carry about the target, without any regularizer. */
  readonly boundsLatent: boolean;
  /** How the objective is written over the variables; null where nothing is inferred: the start is the value. */
  readonly search: Search | null;
}

export interface Search {
  /** The operator before the energy, e.g. `\min_{z}` and `min over z of`; names are TeX and plain text. */
  readonly tex: (names: string) => string;
  readonly text: (names: string) => string;
  /** The values found, in the order of the variables, each of its start's shape. They are constants afterwards. */
  find(problem: InferenceProblem): Value[];
}

/** A value that inference finds. The node's `lower` gives its starting point. */
export interface FreeVariable {
  readonly port: string;
  readonly mode: string;
  readonly search: Search;
}
