import { defined } from '../../src/core/invariant';
import type { InferResult } from '../../src/graph/nodeDefinition';
import { sampleSize, type TensorType } from '../../src/graph/ports';
import type { Builder } from '../../src/ir/builder';
import { centre, variance } from '../../src/ir/compose';
import type { Value } from '../../src/ir/types';
import { diagonal } from './pairs';
import { flattenRows, rowCount } from './rows';
import { tooLarge } from './shapeProblems';

/** Inside the root of the deviation, so that its gradient stays finite (VICReg, main_vicreg.py). */
const EPSILON = 1e-4;

/**
 * Variance hinge of one view `[rows, …]`, a scalar: mean_d relu(target − √(var_d + 1e-4)), ddof 1.
 * Source: Bardes, Ponce, LeCun 2022 (VICReg), Eq. 1–2; docs/mathematics.md §2.
 */
export function varianceHinge(builder: Builder, z: Value, target: number): Value {
  const spread = variance(builder, flattenRows(builder, z), [0], 1);
  const deviation = builder.sqrt(builder.add(spread, EPSILON));
  return builder.mean(builder.relu(builder.sub(target, deviation)));
}

/**
 * Covariance penalty of one view `[rows, …]`, a scalar: Σ_{i≠j} C_ij² / D with C = z_cᵀ z_c / (N − 1).
 * Source: Bardes, Ponce, LeCun 2022 (VICReg), Eq. 3–4; docs/mathematics.md §2.
 */
export function covariancePenalty(builder: Builder, z: Value): Value {
  const deviations = centre(builder, flattenRows(builder, z), [0]);
  const product = builder.dot(deviations, deviations, { left: true });
  // A single row has no deviations: 0, not 0/0.
  const covariance = builder.mul(product, 1 / Math.max(1, rowCount(z) - 1));
  const off = builder.select(diagonal(builder, covariance.shape), 0, covariance);
  return builder.mul(builder.sum(builder.square(off)), 1 / defined(off.shape[0], 'the width'));
}

/** All views together: half the hinge of each, as VICReg weights its two views. */
export function varianceOfViews(builder: Builder, views: readonly Value[], target: number): Value {
  const hinges = views.map((view) => varianceHinge(builder, view, target));
  return builder.mul(
    hinges.reduce((sum, hinge) => builder.add(sum, hinge)),
    0.5,
  );
}

/** All views together: the sum of their covariance penalties. */
export function covarianceOfViews(builder: Builder, views: readonly Value[]): Value {
  return views
    .map((view) => covariancePenalty(builder, view))
    .reduce((sum, penalty) => builder.add(sum, penalty));
}

/** The problem of a view whose covariance matrix is over the size limit, or null. */
export function covarianceTooLarge(types: readonly TensorType[]): InferResult | null {
  const width = Math.max(...types.map(sampleSize));
  return tooLarge(
    'The covariance matrix',
    width * width,
    'Regularize a narrower representation, such as the output of an expander.',
  );
}
