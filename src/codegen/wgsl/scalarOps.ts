import type { BinaryOp, Comparison, DType, UnaryOp } from '../../ir/types';
import type { HelperName } from './helpers';

type UnaryRule = (x: string) => string;
interface UnaryEntry {
  readonly code: UnaryRule;
  readonly helper?: HelperName;
  /** Operations it is worth, roughly. */
  readonly cost: number;
}

const call =
  (name: string): UnaryRule =>
  (x) =>
    `${name}(${x})`;

export const UNARY: { readonly [K in UnaryOp]: UnaryEntry } = {
  neg: { code: (x) => `-${x}`, cost: 1 },
  abs: { code: call('abs'), cost: 1 },
  sign: { code: call('sign'), cost: 1 },
  floor: { code: call('floor'), cost: 1 },
  exp: { code: call('exp'), cost: 8 },
  log: { code: call('logarithm'), helper: 'logarithm', cost: 12 },
  sqrt: { code: call('sqrt'), cost: 4 },
  sin: { code: call('sine'), helper: 'sineCosine', cost: 20 },
  cos: { code: call('cosine'), helper: 'sineCosine', cost: 20 },
  tanh: { code: call('hyperbolicTangent'), helper: 'hyperbolicTangent', cost: 16 },
  sigmoid: { code: call('sigmoid'), helper: 'sigmoid', cost: 12 },
  softplus: { code: call('softplus'), helper: 'softplus', cost: 20 },
  erf: { code: call('errorFunction'), helper: 'errorFunction', cost: 20 },
  not: { code: (x) => `!${x}`, cost: 1 },
  isFinite: { code: call('finite'), helper: 'finite', cost: 1 },
};

interface BinaryEntry {
  readonly code: (left: string, right: string) => string;
  readonly helper?: HelperName;
  readonly cost: number;
}

const infix =
  (operator: string): BinaryEntry['code'] =>
  (left, right) =>
    `${left} ${operator} ${right}`;

export const BINARY: { readonly [K in BinaryOp]: BinaryEntry } = {
  add: { code: infix('+'), cost: 1 },
  sub: { code: infix('-'), cost: 1 },
  mul: { code: infix('*'), cost: 1 },
  div: { code: infix('/'), cost: 3 },
  max: { code: (left, right) => `max(${left}, ${right})`, cost: 1 },
  min: { code: (left, right) => `min(${left}, ${right})`, cost: 1 },
  pow: { code: (left, right) => `power(${left}, ${right})`, helper: 'power', cost: 30 },
  and: { code: infix('&&'), cost: 1 },
  or: { code: infix('||'), cost: 1 },
};

export const COMPARE: { readonly [K in Comparison]: string } = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
};

/** Conversion toward zero from f32 to i32; any number but 0 is true. */
export function castCode(x: string, from: DType, to: DType): string {
  if (from === to) return x;
  if (to === 'bool') return from === 'f32' ? `(${x} != 0.0f)` : `(${x} != 0)`;
  return `${to}(${x})`;
}
