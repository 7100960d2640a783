import { defined } from '../../../src/core/invariant';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { rowCount } from '../../shared/rows';

/** The features of even and of odd number: `[rows, ⌈D/2⌉]` and `[rows, ⌊D/2⌋]`. */
export type Halves = readonly [even: Value, odd: Value];

/** `[rows, D]` into its halves. An odd D gets a column more on the way. */
export function splitHalves(builder: Builder, x: Value): Halves {
  const [rows, size] = [rowCount(x), defined(x.shape[1], 'features')];
  const pairs = Math.ceil(size / 2);
  const padded = builder.pad(x, [0, 0], [0, 2 * pairs - size]);
  const paired = builder.reshape(padded, [rows, pairs, 2]);
  const half = (index: number): Value =>
    builder.reshape(builder.sliceAxis(paired, 2, index, index + 1), [rows, pairs]);
  return [half(0), builder.sliceAxis(half(1), 1, 0, size - pairs)];
}

/** The inverse of `splitHalves`. */
export function joinHalves(builder: Builder, [even, odd]: Halves): Value {
  const rows = rowCount(even);
  const [pairs, rest] = [defined(even.shape[1], 'features'), defined(odd.shape[1], 'features')];
  const padded = builder.pad(odd, [0, 0], [0, pairs - rest]);
  const columns = [even, padded].map((half) => builder.reshape(half, [rows, pairs, 1]));
  const joined = builder.reshape(builder.concat(columns, 2), [rows, 2 * pairs]);
  return builder.sliceAxis(joined, 1, 0, pairs + rest);
}
