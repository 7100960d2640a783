import { defined } from '../../src/core/invariant';
import type { Builder } from '../../src/ir/builder';
import type { Shape, Value } from '../../src/ir/types';
import { rowCount } from './rows';

/** Draws U[0,1), as `Conditionals` has it. */
export type Uniform = (stream: string, shape: Shape) => Value;

/** 1 with probability `probabilities`, else 0; of their shape. */
export function bernoulli(
  builder: Builder,
  probabilities: Value,
  stream: string,
  uniform: Uniform,
): Value {
  const drawn = uniform(stream, probabilities.shape);
  return builder.cast(builder.compare('lt', drawn, probabilities), 'f32');
}

/** Binary units of which each has a log-odds that is linear in the others. */
export interface PairwiseUnits {
  /** J `[n, n]`, symmetric with zero diagonal. */
  readonly couplings: Value;
  /** c `[n]`, or null for none. */
  readonly bias: Value | null;
  /** What a unit that is off and one that is on has. */
  readonly values: readonly [off: number, on: number];
}

/**
 * One sweep of Gibbs sampling (Geman & Geman 1984): unit after unit of `[rows, n]` becomes `on` with the probability σ(sJ + c)
 * given all others as they are then. They act on each other, so none is drawn beside another.
 */
export function sweepInTurn(
  builder: Builder,
  units: Value,
  { couplings, bias, values: [off, on] }: PairwiseUnits,
  uniform: Uniform,
): Value {
  const rows = rowCount(units);
  const count = defined(units.shape[1], 'units');
  const drawn = uniform('units', [rows, count]);
  const places = builder.iota([rows, count], 1);
  let current = units;
  for (let unit = 0; unit < count; unit++) {
    const column = builder.sliceAxis(couplings, 1, unit, unit + 1);
    const field = builder.dot(current, column);
    const logOdds = bias ? builder.add(field, builder.sliceAxis(bias, 0, unit, unit + 1)) : field;
    const isOn = builder.compare(
      'lt',
      builder.sliceAxis(drawn, 1, unit, unit + 1),
      builder.unary('sigmoid', logOdds),
    );
    const next = builder.broadcastTo(builder.select(isOn, on, off), current.shape);
    current = builder.select(builder.compare('eq', places, unit), next, current);
  }
  return current;
}
