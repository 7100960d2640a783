import type { Builder } from '../../src/ir/builder';
import type { LowerContext } from '../../src/graph/nodeDefinition';
import type { Value } from '../../src/ir/types';
import { sumPerRow } from './rows';

/**
 * KL of N(μ, e^{lv}) to N(0, 1): ½ Σ_d (e^{lv} + μ² − 1 − lv), mean over the rows; both `[rows, …]`, scalar result.
 * Source: Kingma & Welling 2014, appendix B; docs/mathematics.md §2.
 */
export function klToStandardNormal(builder: Builder, mean: Value, logVariance: Value): Value {
  const spread = builder.sub(builder.sub(builder.exp(logVariance), 1), logVariance);
  const total = sumPerRow(builder, builder.add(spread, builder.square(mean)));
  return builder.mean(builder.mul(total, 0.5));
}

/** μ + e^{lv/2} ε, ε ~ N(0, I): a draw from N(μ, e^{lv}) through which gradients reach both (Kingma & Welling 2014, §2.4). */
export function drawGaussian(
  { builder, normal }: Pick<LowerContext<unknown>, 'builder' | 'normal'>,
  stream: string,
  mean: Value,
  logVariance: Value,
): Value {
  const deviation = builder.exp(builder.mul(logVariance, 0.5));
  return builder.add(mean, builder.mul(deviation, normal(stream, mean.shape)));
}
