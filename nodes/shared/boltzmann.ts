import type { WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';
import { sweepInTurn, type PairwiseUnits, type Uniform } from './gibbs';
import { sumPerRow } from './rows';
import { symmetricWeights } from './symmetricWeights';

/** Deviation of the first couplings to hidden units, as of a restricted machine's. */
const FIRST_DEVIATION = 0.01;

/** A Boltzmann machine of n visible units y and m hidden units z, all 0 or 1. */
export interface Boltzmann {
  /** W^{yy} `[n, n]`, symmetric with zero diagonal. */
  readonly visible: Value;
  /** a `[n]`. */
  readonly visibleBias: Value;
  readonly hidden: HiddenUnits | null;
}

interface HiddenUnits {
  /** W^{zz} `[m, m]`, symmetric with zero diagonal. */
  readonly weight: Value;
  /** b `[m]`. */
  readonly bias: Value;
  /** W^{yz} `[n, m]`. */
  readonly coupling: Value;
}

/** `hidden` is 0 for a machine that has visible units only. */
export function boltzmannWeights(visible: number, hidden: number): WeightSpec[] {
  const zero = { kind: 'constant', value: 0 } as const;
  const small = { kind: 'normal', deviation: FIRST_DEVIATION } as const;
  const own: WeightSpec[] = [
    { name: 'visible', shape: [visible, visible], initial: zero },
    { name: 'visibleBias', shape: [visible], initial: zero },
  ];
  if (hidden === 0) return own;
  return [
    ...own,
    { name: 'hidden', shape: [hidden, hidden], initial: zero },
    { name: 'hiddenBias', shape: [hidden], initial: zero },
    // Hidden units that all began alike would stay alike.
    { name: 'coupling', shape: [visible, hidden], initial: small },
  ];
}

/** The machine whose weights `boltzmannWeights` names, its couplings made symmetric. */
export function readBoltzmann(
  builder: Builder,
  weight: (name: string) => Value,
  hasHidden: boolean,
): Boltzmann {
  return {
    visible: symmetricWeights(builder, weight('visible')),
    visibleBias: weight('visibleBias'),
    hidden: hasHidden
      ? {
          weight: symmetricWeights(builder, weight('hidden')),
          bias: weight('hiddenBias'),
          coupling: weight('coupling'),
        }
      : null,
  };
}

/** All units of a machine: y `[rows, n]`, and z `[rows, m]` where it has hidden ones. */
export interface BoltzmannUnits {
  readonly y: Value;
  readonly z: Value | null;
}

/**
 * E(y, z) = −yᵀW^{yy}y − zᵀW^{zz}z − yᵀW^{yz}z − a·y − b·z: `[rows]`. There is no factor ½, so a pair of units of one
 * kind counts twice. Source: Dawid & LeCun 2023, Eq. 8, with biases; docs/mathematics.md §1.
 */
export function boltzmannEnergy(
  builder: Builder,
  { y, z }: BoltzmannUnits,
  { visible, visibleBias, hidden }: Boltzmann,
): Value {
  const ofY = builder.add(builder.dot(y, visible), visibleBias);
  const likely = sumPerRow(builder, builder.mul(y, ofY));
  if (!z || !hidden) return builder.neg(likely);
  const ofZ = builder.add(
    builder.add(builder.dot(z, hidden.weight), hidden.bias),
    builder.dot(y, hidden.coupling),
  );
  return builder.neg(builder.add(likely, sumPerRow(builder, builder.mul(z, ofZ))));
}

/**
 * ∂(−E)/∂unit of every unit given the others, y first: `[rows, n + m]`. No unit acts on itself, so this is E with the unit
 * at 0 less E with it at 1, and P(unit = 1 | others) = σ of it. For y: 2yW^{yy} + zW^{yz}ᵀ + a; for z alike.
 */
export function boltzmannFields(
  builder: Builder,
  { y, z }: BoltzmannUnits,
  { visible, visibleBias, hidden }: Boltzmann,
): Value {
  const ofY = builder.add(builder.mul(builder.dot(y, visible), 2), visibleBias);
  if (!z || !hidden) return ofY;
  const ofZ = builder.add(builder.mul(builder.dot(z, hidden.weight), 2), hidden.bias);
  return builder.concat(
    [
      builder.add(ofY, builder.dot(z, hidden.coupling, { right: true })),
      builder.add(ofZ, builder.dot(y, hidden.coupling)),
    ],
    1,
  );
}

/** All units side by side, z first, as pairs: J = [2W^{zz}, W^{yz}ᵀ; W^{yz}, 2W^{yy}] and c = [b, a]. */
function asPairs(builder: Builder, { visible, visibleBias, hidden }: Boltzmann): PairwiseUnits {
  const values = [0, 1] as const;
  const ofVisible = builder.mul(visible, 2);
  if (!hidden) return { couplings: ofVisible, bias: visibleBias, values };
  const { weight, bias, coupling } = hidden;
  const top = builder.concat([builder.mul(weight, 2), builder.transpose(coupling, [1, 0])], 1);
  const bottom = builder.concat([coupling, ofVisible], 1);
  return {
    couplings: builder.concat([top, bottom], 0),
    bias: builder.concat([bias, visibleBias], 0),
    values,
  };
}

/**
 * One sweep of Gibbs sampling: every unit given the others, z first. A sampler knows y and not z, so y should not be drawn
 * before z has seen it.
 */
export function boltzmannSweep(
  builder: Builder,
  { y, z }: BoltzmannUnits,
  machine: Boltzmann,
  uniform: Uniform,
): BoltzmannUnits {
  const pairs = asPairs(builder, machine);
  if (!z) return { y: sweepInTurn(builder, y, pairs, uniform), z };
  const drawn = sweepInTurn(builder, builder.concat([z, y], 1), pairs, uniform);
  const [, hidden = 0] = z.shape;
  const [, count = hidden] = drawn.shape;
  return {
    y: builder.sliceAxis(drawn, 1, hidden, count),
    z: builder.sliceAxis(drawn, 1, 0, hidden),
  };
}
