import { NORMAL_QUANTILE, UNIFORM_CENTRE } from '../core/normalQuantile';
import type { Word2 } from '../core/threefry';
import { defined } from '../core/invariant';
import type { Builder } from './builder';
import { elementCount, type Shape, type Value } from './types';

/** Puts the axes that a reduction removed back, each value repeated along them: [..] → `shape`. */
export function restoreAxes(
  builder: Builder,
  reduced: Value,
  shape: Shape,
  axes: readonly number[],
): Value {
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  return builder.broadcast(reduced, shape, kept);
}

/** x − max x along `axes`, so that exponentials stay at most 1. The shift takes no part in gradients. */
function shiftByMax(
  builder: Builder,
  x: Value,
  axes: readonly number[],
): { shift: Value; shifted: Value } {
  const shift = builder.stopGradient(builder.reduce('max', x, axes));
  return { shift, shifted: builder.sub(x, restoreAxes(builder, shift, x.shape, axes)) };
}

/** log Σ exp x over `axes`, which are removed: m + log Σ exp(x − m) with m = max x, which does not overflow. */
export function logSumExp(builder: Builder, x: Value, axes: readonly number[]): Value {
  const { shift, shifted } = shiftByMax(builder, x, axes);
  const logarithm = builder.add(builder.log(builder.sum(builder.exp(shifted), axes)), shift);
  return builder.remark(logarithm, { what: 'logSumExp', of: x, axes });
}

/** exp(x − m) / Σ exp(x − m) along `axis`, m = max x; the shape of x. */
export function softmax(builder: Builder, x: Value, axis: number): Value {
  const powers = builder.exp(shiftByMax(builder, x, [axis]).shifted);
  const shares = builder.div(
    powers,
    restoreAxes(builder, builder.sum(powers, [axis]), x.shape, [axis]),
  );
  return builder.remark(shares, { what: 'softmax', of: x, axes: [axis] });
}

/** log softmax x = x − logSumExp x along `axis`; the shape of x. */
export function logSoftmax(builder: Builder, x: Value, axis: number): Value {
  const logarithms = builder.sub(
    x,
    restoreAxes(builder, logSumExp(builder, x, [axis]), x.shape, [axis]),
  );
  return builder.remark(logarithms, { what: 'logSoftmax', of: x, axes: [axis] });
}

/** x minus its mean over `axes`; the shape of x. */
export function centre(builder: Builder, x: Value, axes: readonly number[]): Value {
  return builder.sub(x, restoreAxes(builder, builder.mean(x, axes), x.shape, axes));
}

/** Σ (x − mean)² / (n − ddof) over `axes`, which are removed. `ddof` 1 is the unbiased estimate. */
export function variance(builder: Builder, x: Value, axes: readonly number[], ddof: 0 | 1): Value {
  const count = elementCount(axes.map((axis) => defined(x.shape[axis], 'axis of variance')));
  const squares = builder.sum(builder.square(centre(builder, x, axes)), axes);
  const spread = builder.mul(squares, 1 / Math.max(count - ddof, 1));
  return builder.remark(spread, { what: 'variance', of: x, axes, ddof });
}

/** Euclidean norm along `axis`, which is removed, at least `least`. */
export function l2Norm(builder: Builder, x: Value, axis: number, least = 1e-8): Value {
  return builder.max(builder.sqrt(builder.sum(builder.square(x), [axis])), least);
}

/** x / max(‖x‖₂, least) along `axis`; the shape of x. */
export function l2Normalize(builder: Builder, x: Value, axis: number, least = 1e-8): Value {
  const norms = restoreAxes(builder, l2Norm(builder, x, axis, least), x.shape, [axis]);
  return builder.remark(builder.div(x, norms), { what: 'normalize', of: x, axes: [axis], least });
}

/**
 * Standard normal numbers of the given shape, a pure function of (key, counter, index): the normal quantile
 * of `random`, by two rational functions (see `normalFromUniform`, whose formula this is). Relative error
 * below 1e-6 in float32; at most 5.42 away from 0, as the uniforms have 24 bits.
 */
export function standardNormal(builder: Builder, key: Word2, counter: Value, shape: Shape): Value {
  const q = builder.sub(builder.random(key, counter, shape), UNIFORM_CENTRE);
  const distance = builder.unary('abs', q);

  const central = builder.sub(NORMAL_QUANTILE.centre, builder.square(q));
  const near = builder.mul(
    q,
    builder.div(
      polynomial(builder, NORMAL_QUANTILE.centralNumerator, central),
      polynomial(builder, NORMAL_QUANTILE.centralDenominator, central),
    ),
  );

  const logarithm = builder.log(builder.sub(0.5, distance));
  const outer = builder.sub(builder.sqrt(builder.neg(logarithm)), NORMAL_QUANTILE.tail);
  const far = builder.mul(
    builder.unary('sign', q),
    builder.div(
      polynomial(builder, NORMAL_QUANTILE.tailNumerator, outer),
      polynomial(builder, NORMAL_QUANTILE.tailDenominator, outer),
    ),
  );
  const drawn = builder.select(builder.compare('le', distance, NORMAL_QUANTILE.split), near, far);
  return builder.remark(drawn, { what: 'normal', key, counter });
}

/** Horner's rule; coefficients from the constant term on. */
function polynomial(builder: Builder, coefficients: readonly number[], x: Value): Value {
  const descending = [...coefficients].reverse();
  let sum = builder.constant(defined(descending[0], 'coefficient'), x.shape);
  for (const coefficient of descending.slice(1)) {
    sum = builder.add(builder.mul(sum, x), coefficient);
  }
  return sum;
}

/** Each row gets the row `by` after it, the last ones the first. */
export function rollRows(builder: Builder, x: Value, by = 1): Value {
  const [rows = 1] = x.shape;
  const shift = by % rows;
  if (shift === 0 || elementCount(x.shape) === 0) return x;
  return builder.concat(
    [builder.sliceAxis(x, 0, shift, rows), builder.sliceAxis(x, 0, 0, shift)],
    0,
  );
}

/** x kept between two bounds. */
export function clamp(builder: Builder, x: Value, low: number, high: number): Value {
  return builder.min(builder.max(x, low), high);
}
