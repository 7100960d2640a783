import type { BinaryOp, Comparison, UnaryOp } from './types';

/**
 * The meaning of elementwise ops on numbers, in float64: what the reference engine computes and constant
 * folding uses. bool is 0 or 1.
 */
export const UNARY: { readonly [K in UnaryOp]: (x: number) => number } = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  // 1/(1+e^−x), with the exponential of a negative number only.
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  // ln(1+e^x) = max(x,0) + ln(1+e^−|x|).
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
  not: (x) => (x === 0 ? 1 : 0),
  // Of an f32: what overflows there is infinite.
  isFinite: (x) => (Number.isFinite(Math.fround(x)) ? 1 : 0),
};

export const BINARY: { readonly [K in BinaryOp]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

export const COMPARE: { readonly [K in Comparison]: (a: number, b: number) => boolean } = {
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
};

/**
 * erf x = 2/√π · e^{−x²} Σ_n 2ⁿ x^{2n+1}/(2n+1)!!, all terms of one sign, so to full float64 precision.
 * Source: Abramowitz and Stegun 7.1.6.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  // 1 − erf 6 is 2e−17.
  if (Math.abs(x) >= 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
