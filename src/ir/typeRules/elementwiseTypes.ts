import { invariant } from '../../core/invariant';
import type { BinaryOp, UnaryOp } from '../types';
import { expectCount, expectSameShape, operand, type TypeRules } from './typeRule';

const BOOL_UNARY: ReadonlySet<UnaryOp> = new Set(['not', 'isFinite']);
const BOOL_BINARY: ReadonlySet<BinaryOp> = new Set(['and', 'or']);
const FLOAT_BINARY: ReadonlySet<BinaryOp> = new Set(['div', 'pow']);

export const elementwiseTypes: TypeRules<
  'unary' | 'binary' | 'compare' | 'select' | 'cast' | 'stopGradient'
> = {
  unary: (operands, { op }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    if (op === 'not') invariant(dtype === 'bool', 'not takes bool');
    else if (op === 'neg' || op === 'abs' || op === 'sign')
      invariant(dtype !== 'bool', `${op} takes numbers`);
    else invariant(dtype === 'f32', `${op} takes f32`);
    return { shape, dtype: BOOL_UNARY.has(op) ? 'bool' : dtype };
  },
  binary: (operands, { op }) => {
    expectCount(operands, 2);
    expectSameShape(operands);
    const { shape, dtype } = operand(operands, 0);
    invariant(operand(operands, 1).dtype === dtype, `${op} of different types`);
    invariant(BOOL_BINARY.has(op) === (dtype === 'bool'), `${op} does not take ${dtype}`);
    if (FLOAT_BINARY.has(op)) invariant(dtype === 'f32', `${op} takes f32`);
    return { shape, dtype };
  },
  compare: (operands) => {
    expectCount(operands, 2);
    expectSameShape(operands);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      dtype !== 'bool' && operand(operands, 1).dtype === dtype,
      'compare takes two numbers of one type',
    );
    return { shape, dtype: 'bool' };
  },
  select: (operands) => {
    expectCount(operands, 3);
    expectSameShape(operands);
    const then = operand(operands, 1);
    invariant(operand(operands, 0).dtype === 'bool', 'select takes a bool condition');
    invariant(
      then.dtype === operand(operands, 2).dtype,
      'the branches of select have different types',
    );
    return { shape: then.shape, dtype: then.dtype };
  },
  cast: (operands, { to }) => {
    expectCount(operands, 1);
    return { shape: operand(operands, 0).shape, dtype: to };
  },
  stopGradient: (operands) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    return { shape, dtype };
  },
};
