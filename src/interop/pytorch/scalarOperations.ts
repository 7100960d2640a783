import type { BinaryOp, Comparison, UnaryOp } from '../../ir/types';
import { method, type Printed } from './printed';
import { atom, BINDING, within, type Expression } from './python';

/** Functions of one number: of tensors, and of Python's own numbers. */
export const UNARY: { readonly [K in UnaryOp]: (x: Printed) => Expression } = {
  neg: (x) => ({ code: `-${within(x, BINDING.unary)}`, binding: BINDING.unary }),
  abs: (x) => (x.isNumber ? atom(`abs(${x.code})`) : method(x, 'abs')),
  sign: (x) => tensorOnly(x, 'sign'),
  floor: (x) => (x.isNumber ? atom(`math.floor(${x.code})`) : method(x, 'floor')),
  exp: (x) => ofMath(x, 'exp'),
  log: (x) => ofMath(x, 'log'),
  sqrt: (x) => ofMath(x, 'sqrt'),
  sin: (x) => ofMath(x, 'sin'),
  cos: (x) => ofMath(x, 'cos'),
  tanh: (x) => ofMath(x, 'tanh'),
  sigmoid: (x) => tensorOnly(x, 'sigmoid'),
  softplus: (x) => atom(`F.softplus(${asTensor(x)})`),
  erf: (x) => (x.isNumber ? atom(`math.erf(${x.code})`) : method(x, 'erf')),
  not: (x) =>
    x.isNumber
      ? atom(`(not ${x.code})`)
      : { code: `~${within(x, BINDING.unary)}`, binding: BINDING.unary },
  isFinite: (x) =>
    x.isNumber ? atom(`math.isfinite(${x.code})`) : atom(`torch.isfinite(${x.code})`),
};

function ofMath(x: Printed, name: string): Expression {
  return x.isNumber ? atom(`math.${name}(${x.code})`) : method(x, name);
}

function asTensor(x: Printed): string {
  return x.isNumber ? `torch.tensor(${x.code})` : x.code;
}

function tensorOnly(x: Printed, name: string): Expression {
  return x.isNumber ? method(atom(asTensor(x)), name) : method(x, name);
}

export function infix(operator: string, binding: number, leftToRight = true) {
  return (a: Expression, b: Expression): Expression => ({
    code: `${within(a, binding)} ${operator} ${within(b, leftToRight ? binding + 1 : binding)}`,
    binding,
  });
}

const plus = infix('+', BINDING.sum);

export const times = infix('*', BINDING.product);

export const over = infix('/', BINDING.product);

export const BINARY: { readonly [K in BinaryOp]: (a: Printed, b: Printed) => Expression } = {
  add: plus,
  sub: infix('-', BINDING.sum),
  mul: times,
  div: over,
  max: (a, b) => extreme(a, b, 'max', 'min'),
  min: (a, b) => extreme(a, b, 'min', 'max'),
  pow: (a, b) => ({
    code: `${within(a, BINDING.atom)} ** ${within(b, BINDING.power)}`,
    binding: BINDING.power,
  }),
  and: infix('&', BINDING.bitAnd),
  or: infix('|', BINDING.bitOr),
};

function extreme(a: Printed, b: Printed, kind: 'max' | 'min', bound: 'max' | 'min'): Expression {
  if (a.isNumber && b.isNumber) return atom(`${kind}(${a.code}, ${b.code})`);
  if (a.isNumber) return extreme(b, a, kind, bound);
  if (!b.isNumber) return atom(`torch.${kind}imum(${a.code}, ${b.code})`);
  // relu has the derivative 0 at 0.
  if (kind === 'max' && b.code === '0.0') return atom(`torch.relu(${a.code})`);
  return method(a, 'clamp', `${bound}=${b.code}`);
}

export const COMPARISONS: { readonly [K in Comparison]: string } = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
};
