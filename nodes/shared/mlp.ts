import type { LowerContext, StatisticSpec, WeightSpec } from '../../src/graph/nodeDefinition';
import type { Value } from '../../src/ir/types';
import { activate, type Activation } from './activation';
import { applyLinear, linearWeights, type LinearSpec } from './linear';
import {
  normalise,
  normalisationStatistics,
  normalisationWeights,
  type Normalisation,
} from './normalisation';

/** A multi-layer perceptron: each hidden layer is linear, normalised if asked for, then activated; the last is linear. */
export interface Mlp {
  readonly inputs: number;
  /** Widths of the hidden layers. */
  readonly widths: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  readonly normalisation: Normalisation;
}

interface Layer extends LinearSpec {
  readonly hidden: boolean;
}

/** The prefix of the names of a layer's weights is its number. */
function layers({ inputs, widths, outputs }: Mlp): Layer[] {
  const sizes = [inputs, ...widths, outputs];
  return sizes.slice(1).map((size, index) => ({
    prefix: `${index}.`,
    inputs: sizes[index] ?? inputs,
    outputs: size,
    hidden: index < widths.length,
    bias: true,
  }));
}

/** Numbers in its largest weight matrix. */
export function largestMatrix(mlp: Mlp): number {
  return Math.max(...layers(mlp).map(({ inputs, outputs }) => inputs * outputs));
}

export function mlpWeights(mlp: Mlp): WeightSpec[] {
  return layers(mlp).flatMap((layer) => [
    ...linearWeights(layer),
    ...(layer.hidden ? normalisationWeights(mlp.normalisation, layer.prefix, layer.outputs) : []),
  ]);
}

export function mlpStatistics(mlp: Mlp): StatisticSpec[] {
  return layers(mlp)
    .filter(({ hidden }) => hidden)
    .flatMap(({ prefix, outputs }) => normalisationStatistics(mlp.normalisation, prefix, outputs));
}

/** `[rows, inputs]` → `[rows, outputs]`. */
export function applyMlp<P>(context: LowerContext<P>, mlp: Mlp, input: Value): Value {
  return layers(mlp).reduce((value, layer) => {
    const linear = applyLinear(context, layer, value);
    if (!layer.hidden) return linear;
    const normal = normalise(context, mlp.normalisation, layer.prefix, linear);
    return activate(context.builder, mlp.activation, normal);
  }, input);
}
