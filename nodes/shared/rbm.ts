import type { WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';
import { bernoulli, type Uniform } from './gibbs';
import { sumPerRow } from './rows';

/** Deviation of the first weights (Hinton 2012, A Practical Guide to Training Restricted Boltzmann Machines, §8). */
const FIRST_DEVIATION = 0.01;

/** A restricted Boltzmann machine of n visible and m hidden units, all 0 or 1. */
export interface Rbm {
  /** W `[n, m]`. */
  readonly weight: Value;
  /** a `[n]`. */
  readonly visibleBias: Value;
  /** b `[m]`. */
  readonly hiddenBias: Value;
}

/** Weights begin as small normal numbers, which tell the hidden units apart; biases at 0. */
export function rbmWeights(visible: number, hidden: number): WeightSpec[] {
  const zero = { kind: 'constant', value: 0 } as const;
  return [
    {
      name: 'weight',
      shape: [visible, hidden],
      initial: { kind: 'normal', deviation: FIRST_DEVIATION },
    },
    { name: 'visibleBias', shape: [visible], initial: zero },
    { name: 'hiddenBias', shape: [hidden], initial: zero },
  ];
}

/** The machine whose weights `rbmWeights` names. */
export function readRbm(weight: (name: string) => Value): Rbm {
  return {
    weight: weight('weight'),
    visibleBias: weight('visibleBias'),
    hiddenBias: weight('hiddenBias'),
  };
}

/** b + vW `[rows, m]`: the log-odds of each hidden unit, given v `[rows, n]`. */
function hiddenLogOdds(builder: Builder, v: Value, { weight, hiddenBias }: Rbm): Value {
  return builder.add(builder.dot(v, weight), hiddenBias);
}

/**
 * F(v) = −log Σ_h e^{−E(v, h)} = −a·v − Σ_j softplus(b_j + (vW)_j), of v `[rows, n]`: `[rows]`.
 * Source: docs/mathematics.md §1.
 */
export function rbmFreeEnergy(builder: Builder, v: Value, rbm: Rbm): Value {
  const visible = sumPerRow(builder, builder.mul(v, rbm.visibleBias));
  const hidden = sumPerRow(builder, builder.unary('softplus', hiddenLogOdds(builder, v, rbm)));
  return builder.neg(builder.add(visible, hidden));
}

/** P(h_j = 1 | v) = σ(b_j + (vW)_j), of v `[rows, n]`: `[rows, m]`. */
export function hiddenProbabilities(builder: Builder, v: Value, rbm: Rbm): Value {
  return builder.unary('sigmoid', hiddenLogOdds(builder, v, rbm));
}

/** P(v_i = 1 | h) = σ(a_i + (hWᵀ)_i), of h `[rows, m]`: `[rows, n]`. */
export function visibleProbabilities(
  builder: Builder,
  h: Value,
  { weight, visibleBias }: Rbm,
): Value {
  const logOdds = builder.add(builder.dot(h, weight, { right: true }), visibleBias);
  return builder.unary('sigmoid', logOdds);
}

/** One sweep of Gibbs sampling: all hidden units given v `[rows, n]`, then all visible ones given these. */
export function rbmSweep(builder: Builder, v: Value, rbm: Rbm, uniform: Uniform): Value {
  const h = bernoulli(builder, hiddenProbabilities(builder, v, rbm), 'hidden', uniform);
  return bernoulli(builder, visibleProbabilities(builder, h, rbm), 'visible', uniform);
}
