import type { LowerContext, StatisticSpec, WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import { centre, restoreAxes, variance } from '../../src/ir/compose';
import type { Value } from '../../src/ir/types';

export const NORMALISATIONS = ['none', 'batch', 'layer'] as const;
export type Normalisation = (typeof NORMALISATIONS)[number];

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;
/** How far running statistics move in a step, as in PyTorch. */
const MOMENTUM = 0.1;

/** Trained scale and shift of each feature; none without normalisation. */
export function normalisationWeights(
  normalisation: Normalisation,
  prefix: string,
  width: number,
): WeightSpec[] {
  if (normalisation === 'none') return [];
  return [
    { name: `${prefix}scale`, shape: [width], initial: { kind: 'constant', value: 1 } },
    { name: `${prefix}shift`, shape: [width], initial: { kind: 'constant', value: 0 } },
  ];
}

/** Running mean and variance; batch normalisation only. */
export function normalisationStatistics(
  normalisation: Normalisation,
  prefix: string,
  width: number,
): StatisticSpec[] {
  if (normalisation !== 'batch') return [];
  return [
    { name: `${prefix}mean`, shape: [width], initial: 0 },
    { name: `${prefix}variance`, shape: [width], initial: 1 },
  ];
}

/**
 * (x − μ)/√(σ² + 1e-5) · scale + shift on `[rows, …, width]`, σ² biased. Images have one feature a channel.
 * Layer: μ and σ² over the features of each row, or of each place of an image (Ba et al. 2016). Batch: over the rows
 * and places while training, the running ones in evaluation (Ioffe & Szegedy 2015).
 */
export function normalise<P>(
  context: LowerContext<P>,
  normalisation: Normalisation,
  prefix: string,
  x: Value,
): Value {
  if (normalisation === 'none') return x;
  const { builder } = context;
  const standardised =
    normalisation === 'layer'
      ? standardise(builder, x, [x.shape.length - 1])
      : batchStandardise(context, prefix, x);
  const scaled = builder.mul(standardised, context.weight(`${prefix}scale`));
  return builder.add(scaled, context.weight(`${prefix}shift`));
}

/**
 * (x − μ)/√(σ² + 1e-5), with the root inverted before it is repeated over `axes`: its derivative is then a product
 * and a sum, without a division for each number.
 */
function scaleBack(
  builder: Builder,
  centred: Value,
  spread: Value,
  axes: readonly number[],
): Value {
  const inverse = builder.div(1, builder.sqrt(builder.add(spread, EPSILON)));
  return builder.mul(centred, restoreAxes(builder, inverse, centred.shape, axes));
}

/** (x − μ)/√(σ² + 1e-5) with the mean and the biased variance over `axes`; the shape of x. */
export function standardise(builder: Builder, x: Value, axes: readonly number[]): Value {
  return scaleBack(builder, centre(builder, x, axes), variance(builder, x, axes, 0), axes);
}

/**
 * (x − μ)/√(σ² + 1e-5) of each feature (the last axis) of `[rows, …, width]`: over rows and places while training,
 * which move the running statistics `<prefix>mean` and `<prefix>variance`, and by these in evaluation (docs/semantics.md §9).
 */
export function batchStandardise<P>(context: LowerContext<P>, prefix: string, x: Value): Value {
  const { builder } = context;
  const axes = x.shape.slice(1).map((_, axis) => axis);
  const names = { mean: `${prefix}mean`, variance: `${prefix}variance` };
  if (!context.usesBatchStatistics) {
    const centred = builder.sub(x, context.statistic(names.mean));
    return scaleBack(builder, centred, context.statistic(names.variance), axes);
  }
  const track = (name: string, value: Value): void => {
    context.updateStatistic(name, (current) =>
      builder.add(builder.mul(current, 1 - MOMENTUM), builder.mul(value, MOMENTUM)),
    );
  };
  track(names.mean, builder.mean(x, axes));
  // PyTorch normalises with the biased variance and keeps the unbiased one.
  track(names.variance, variance(builder, x, axes, 1));
  return standardise(builder, x, axes);
}
