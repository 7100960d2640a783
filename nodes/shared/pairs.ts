import type { Builder } from '../../src/ir/builder';
import { l2Normalize } from '../../src/ir/compose';
import type { Shape, Value } from '../../src/ir/types';
import { flattenRows } from './rows';

/** Stands for −∞ in a log-sum-exp: its exponential is 0 beside any number that a node computes. */
export const LEFT_OUT = -1e9;

/** Where row and column of a matrix are the same: bool `[n, n]`. */
export function diagonal(builder: Builder, shape: Shape): Value {
  return builder.compare('eq', builder.iota(shape, 0), builder.iota(shape, 1));
}

/** Rows of length 1, flattened: `[rows, …]` → `[rows, size]`; lengths below 1e-8 count as 1e-8. */
export function unitRows(builder: Builder, x: Value): Value {
  return l2Normalize(builder, flattenRows(builder, x), 1);
}

/** Products of all pairs of rows: `[n, d]`, `[m, d]` → `[n, m]`. Of unit rows they are cosines. */
export function pairProducts(builder: Builder, a: Value, b: Value): Value {
  return builder.dot(a, b, { right: true });
}
