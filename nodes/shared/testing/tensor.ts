import { invariant } from '../../../src/core/invariant';
import { elementCount, type Shape } from '../../../src/ir/types';

/** An array as tests write and read it: row-major. */
export interface TestArray {
  readonly shape: Shape;
  readonly values: readonly number[];
}

/** What a test feeds to a tensor port: axis 0 is the batch, axis 1 time if `timed`. */
export interface TestTensor extends TestArray {
  readonly timed: boolean;
}

export type Nested = number | readonly Nested[];

/** A tensor of nested lists, batch first: `tensor([[1, 2], [3, 4]])` is two samples of two numbers. */
export function tensor(nested: readonly Nested[], { timed = false } = {}): TestTensor {
  const shape: number[] = [];
  for (let level: Nested = nested; typeof level !== 'number'; level = level[0] ?? 0) {
    shape.push(level.length);
  }
  const values = flat(nested);
  invariant(values.length === elementCount(shape), 'nested lists of unequal length');
  return { shape, values, timed };
}

/** A tensor of the given full shape with value `make(flat index)` at each place. */
export function tensorOf(
  shape: Shape,
  make: (index: number) => number,
  { timed = false } = {},
): TestTensor {
  return { shape, values: Array.from({ length: elementCount(shape) }, (_, i) => make(i)), timed };
}

/** sin(index · step) at each place: what the scripts in tests/oracles make of arrays, too. */
export function waves(shape: Shape, step: number, options: { timed?: boolean } = {}): TestTensor {
  return tensorOf(shape, (index) => Math.sin(index * step), options);
}

/** Numbers in (−1, 1) that look random, fixed for each `seed`: for inputs whose values do not matter. */
export function scatter(seed: number): (index: number) => number {
  return (index) => {
    const phase = Math.sin(index * 12.9898 + seed * 78.233) * 43758.5453;
    return 2 * (phase - Math.floor(phase)) - 1;
  };
}

/** Rows of a `[rows, …]` array, each as one flat list. */
export function rowsOf({ shape, values }: TestArray): number[][] {
  const [rows = 1, ...rest] = shape;
  const size = elementCount(rest);
  return Array.from({ length: rows }, (_, row) => values.slice(row * size, (row + 1) * size));
}

function flat(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : nested.flatMap(flat);
}

/** What a variadic port takes: one value stands for a list of one. */
export function listOf<T extends object>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value];
}

function isList<T extends object>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** Largest absolute difference of two lists; infinite for lists of different lengths. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((worst, value, i) => {
    const difference = Math.abs(value - (b[i] ?? NaN));
    return Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }, 0);
}
