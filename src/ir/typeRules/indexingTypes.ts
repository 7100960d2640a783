import { invariant } from '../../core/invariant';
import { sameShape } from '../types';
import { expectCount, operand, requestedType, type TypeRules } from './typeRule';

export const indexingTypes: TypeRules<'gather' | 'scatterAdd'> = {
  gather: (operands) => {
    expectCount(operands, 2);
    const table = operand(operands, 0);
    const indices = operand(operands, 1);
    invariant(
      indices.dtype === 'i32' && table.shape.length >= 1,
      'gather takes a table and i32 indices',
    );
    return { shape: [...indices.shape, ...table.shape.slice(1)], dtype: table.dtype };
  },
  scatterAdd: (operands, _, requested) => {
    expectCount(operands, 2);
    const indices = operand(operands, 0);
    const updates = operand(operands, 1);
    const { shape } = requestedType(requested, 'scatterAdd');
    invariant(indices.dtype === 'i32' && shape.length >= 1, 'scatterAdd takes i32 indices');
    invariant(
      sameShape(updates.shape, [...indices.shape, ...shape.slice(1)]),
      'the updates of scatterAdd do not fit its indices and result',
    );
    return { shape, dtype: updates.dtype };
  },
};
