import { defined } from '../../../src/core/invariant';
import type { Codes, InferenceProblem } from '../../../src/graph/inferenceStrategy';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';

/** All combinations of the codes of several variables. */
export interface JointCodes {
  /** Number of combinations K. */
  readonly count: number;
  /** Sum of the variables' own. */
  readonly logMeasure: number;
  /** `[K, …]`, for each variable. */
  readonly points: readonly Value[];
}

/** The product of the codes of all variables of a problem; the last one varies quickest. */
export function jointCodes({ builder, variables }: InferenceProblem): JointCodes {
  const each = variables.map((variable) => variable.codes());
  const counts = each.map(({ points }) => defined(points.shape[0], 'codes'));
  const count = counts.reduce((product, one) => product * one, 1);
  let before = 1;
  const points = each.map((codes, index) => {
    const own = defined(counts[index], 'count');
    const spread = spreadCodes(builder, codes, before, count / (before * own));
    before *= own;
    return spread;
  });
  return { count, points, logMeasure: each.reduce((sum, { logMeasure }) => sum + logMeasure, 0) };
}

/** `[K, …]` to `[before·K·after, …]`, every code `after` times in a row, and that `before` times. */
function spreadCodes(builder: Builder, { points }: Codes, before: number, after: number): Value {
  const [own = 1, ...rest] = points.shape;
  const axes = [1, ...rest.map((_, axis) => axis + 3)];
  const spread = builder.broadcast(points, [before, own, after, ...rest], axes);
  return builder.reshape(spread, [before * own * after, ...rest]);
}

/** `[K, …]` to `[B·K, …]`: all codes for each sample. */
export function codesPerSample(builder: Builder, points: Value, batch: number): Value {
  const [count = 1, ...rest] = points.shape;
  const axes = [1, ...rest.map((_, axis) => axis + 2)];
  return builder.reshape(builder.broadcast(points, [batch, count, ...rest], axes), [
    batch * count,
    ...rest,
  ]);
}

/** The energies of all codes for each sample, `[B, K]`. */
export function codeEnergies(
  { builder, batch, energyAt }: InferenceProblem,
  { points, count }: JointCodes,
): Value {
  const values = points.map((value) => codesPerSample(builder, value, batch));
  return builder.reshape(energyAt(values, count).total, [batch, count]);
}
