import { defined } from '../../../src/core/invariant';
import type { InferenceProblem, ProblemVariable } from '../../../src/graph/inferenceStrategy';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';

/** Larger than any energy that is a number: what a sample has before its first evaluation. */
export const UNKNOWN = 3e38;

/**
 * A way to take proximal gradient steps, each sample at a pace of its own. An iteration evaluates the energy and its gradient
 * once, at a point under trial; the first one is at the start itself.
 */
export interface StepMethod {
  /** What the loop carries. The best points met come first, in the order of the variables. */
  begin(problem: InferenceProblem, starts: readonly Value[]): Value[];
  iterate(problem: InferenceProblem, carried: readonly Value[]): Value[];
}

/** The arrays of `yes` in the rows where `condition` holds, those of `no` in the others. */
export function choose(
  builder: Builder,
  condition: Value,
  yes: readonly Value[],
  no: readonly Value[],
): Value[] {
  return yes.map((value, index) =>
    builder.select(perRow(builder, condition, value), value, defined(no[index], 'array')),
  );
}

/**
 * z − τg with τ = ησ, then the proximal step of λ₁‖z‖₁ + λ₂‖z‖²: sign(z)·max(|z| − τλ₁, 0) / (1 + 2τλ₂).
 */
export function proximalStep(
  builder: Builder,
  { live, penalties: { l1, l2 } }: ProblemVariable,
  z: Value,
  slope: Value,
  factor: Value,
): Value {
  const size = perRow(builder, builder.mul(live('rate'), factor), z);
  let moved = builder.sub(z, builder.mul(size, slope));
  if (l1) {
    const magnitude = builder.sub(builder.unary('abs', moved), builder.mul(size, l1));
    moved = builder.mul(builder.unary('sign', moved), builder.max(magnitude, 0));
  }
  if (l2) moved = builder.div(moved, builder.add(builder.mul(builder.mul(size, l2), 2), 1));
  return moved;
}

/** `[B]` repeated over the other axes of `like`. */
export function perRow(builder: Builder, rows: Value, like: Value): Value {
  return builder.broadcast(rows, like.shape, [0]);
}
