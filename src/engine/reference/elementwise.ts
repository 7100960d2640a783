import type { BinaryOp } from '../../ir/types';

/** result[i] = apply(x[i], y[i]). Plain loops: `map` of a typed array is several times slower. */
export function zip(
  length: number,
  apply: (x: number, y: number) => number,
  x: Float64Array,
  y: Float64Array = x,
): Float64Array {
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) result[i] = apply(x[i] as number, y[i] as number);
  return result;
}

/** result[i] = flags[i] ? x[i] : y[i]. */
export function select(flags: Float64Array, x: Float64Array, y: Float64Array): Float64Array {
  const result = new Float64Array(flags.length);
  for (let i = 0; i < result.length; i++) result[i] = (flags[i] !== 0 ? x[i] : y[i]) as number;
  return result;
}

type Loop = (x: Float64Array, y: Float64Array) => Float64Array;

/** The commonest of `BINARY`, written out: a call for each element takes several times as long as what it does. */
export const LOOPS: Readonly<Partial<Record<BinaryOp, Loop>>> = {
  add: (x, y) => {
    const result = new Float64Array(x.length);
    for (let i = 0; i < result.length; i++) result[i] = (x[i] as number) + (y[i] as number);
    return result;
  },
  sub: (x, y) => {
    const result = new Float64Array(x.length);
    for (let i = 0; i < result.length; i++) result[i] = (x[i] as number) - (y[i] as number);
    return result;
  },
  mul: (x, y) => {
    const result = new Float64Array(x.length);
    for (let i = 0; i < result.length; i++) result[i] = (x[i] as number) * (y[i] as number);
    return result;
  },
  div: (x, y) => {
    const result = new Float64Array(x.length);
    for (let i = 0; i < result.length; i++) result[i] = (x[i] as number) / (y[i] as number);
    return result;
  },
};
