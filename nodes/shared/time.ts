import { defined } from '../../src/core/invariant';
import { problem, type InferResult } from '../../src/graph/nodeDefinition';
import type { TensorType } from '../../src/graph/ports';
import type { Builder } from '../../src/ir/builder';
import { elementCount, type Value } from '../../src/ir/types';
import { concatRows, rowCount } from './rows';

/** For nodes that handle the time axis themselves: `[B, T, …]`, joined, cut into steps and put together again. */

/** Steps of the first of these tensors that is a sequence; null where none is. */
export function stepsOf(types: readonly TensorType[]): number | null {
  return types.map(({ time }) => time).find((time) => time !== null) ?? null;
}

/** Numbers in one step of these tensors together. */
export function stepSize(...types: readonly TensorType[]): number {
  return types.reduce((total, { shape }) => total + elementCount(shape), 0);
}

/** The problem of sequences of different lengths at one port, or null. */
export function stepsMismatch(types: readonly TensorType[], portId: string): InferResult | null {
  const times = new Set(types.flatMap(({ time }) => (time === null ? [] : [time])));
  if (times.size < 2) return null;
  return problem(
    'shape.mismatch',
    `Its inputs have different numbers of time steps (${[...times].join(' and ')}).`,
    { portId, hint: 'Cut them to one length with a slice over time.' },
  );
}

/** `[rows, …]` → `[rows, times, …]`. */
export function repeated(builder: Builder, x: Value, times: number): Value {
  const [rows = 1, ...rest] = x.shape;
  return builder.broadcast(x, [rows, times, ...rest], [0, ...rest.map((_, axis) => axis + 2)]);
}

/** Flattened and side by side at each of `steps` steps: `[rows · steps, width]`. What has no time is the same at all. */
export function joinSteps(
  builder: Builder,
  values: readonly Value[],
  types: readonly TensorType[],
  steps: number,
): Value {
  const folded = values.map((value, index) => {
    const { time, shape } = defined(types[index], 'type of an input');
    const timed = time === null ? repeated(builder, value, steps) : value;
    const cut = builder.sliceAxis(timed, 1, 0, steps);
    return builder.reshape(cut, [rowCount(value) * steps, ...shape]);
  });
  return concatRows(builder, folded);
}

/** Step `t` of `[rows, T, …]` as `[rows, …]`. */
export function stepAt(builder: Builder, x: Value, t: number): Value {
  const [rows = 1, , ...rest] = x.shape;
  return builder.reshape(builder.sliceAxis(x, 1, t, t + 1), [rows, ...rest]);
}

/** Vectors `[rows, width]`, one after the other: `[rows, T, width]`. */
export function stackSteps(builder: Builder, steps: readonly Value[]): Value {
  const timed = steps.map((step) => {
    const [rows = 1, width = 1] = step.shape;
    return builder.reshape(step, [rows, 1, width]);
  });
  return builder.concat(timed, 1);
}
