import { defined } from '../../src/core/invariant';
import { sampleSize, type TensorType } from '../../src/graph/ports';
import type { Builder } from '../../src/ir/builder';
import { elementCount, type Value } from '../../src/ir/types';

/** Number of samples of `[rows, …shape]`: with time folded in it is batch·time. */
export function rowCount(x: Value): number {
  return defined(x.shape[0], 'the batch axis');
}

/** `[rows, …shape]` → `[rows, size]`. */
export function flattenRows(builder: Builder, x: Value): Value {
  return builder.reshape(x, [rowCount(x), elementCount(x.shape.slice(1))]);
}

/** Several `[rows, …shape]` side by side as one `[rows, total size]`. */
export function concatRows(builder: Builder, values: readonly Value[]): Value {
  return builder.concat(
    values.map((value) => flattenRows(builder, value)),
    1,
  );
}

/** Width of the result of `concatRows`. */
export function concatSize(types: readonly TensorType[]): number {
  return types.reduce((total, type) => total + sampleSize(type), 0);
}

/** Sum over everything but the rows: `[rows, …shape]` → `[rows]`. */
export function sumPerRow(builder: Builder, x: Value): Value {
  return builder.sum(
    x,
    x.shape.slice(1).map((_, axis) => axis + 1),
  );
}
