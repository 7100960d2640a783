import type { AnyValue, Value } from '../../ir/types';
import { asKind, operandOf } from './application';

/** Operations to look through: deeper expressions count as not symmetric. */
const MOST_DEPTH = 12;

/** Whether all matrices of a stack equal their transposes, by construction: AᵀA, and what is made of such element by element. */
export function isSymmetric(value: Value, depth = MOST_DEPTH): boolean {
  const rank = value.shape.length;
  if (rank < 2 || value.shape[rank - 1] !== value.shape[rank - 2] || depth === 0) return false;
  const any = value as AnyValue;
  const all = (): boolean => any.operands.every((operand) => isSymmetric(operand, depth - 1));
  switch (any.kind) {
    case 'constant':
      return true;
    case 'dot':
      return (
        operandOf(any, 0) === operandOf(any, 1) &&
        any.attributes.transposeLeft !== any.attributes.transposeRight
      );
    case 'broadcast':
      // The same number for all elements of a matrix.
      return any.attributes.axes.every((axis) => axis < rank - 2);
    case 'compare':
      return all() || isDiagonal(any, rank);
    case 'unary':
    case 'binary':
    case 'select':
    case 'cast':
      return all();
    default:
      return false;
  }
}

/** row = column, or row ≠ column. */
function isDiagonal(value: Extract<AnyValue, { kind: 'compare' }>, rank: number): boolean {
  if (value.attributes.op !== 'eq' && value.attributes.op !== 'ne') return false;
  const axes = [0, 1].map((index) => asKind(operandOf(value, index), 'iota')?.attributes.axis);
  return axes.includes(rank - 1) && axes.includes(rank - 2);
}
