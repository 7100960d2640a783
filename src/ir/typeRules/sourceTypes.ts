import { invariant } from '../../core/invariant';
import { elementCount } from '../types';
import { expectCount, extent, operand, requestedType, type TypeRules } from './typeRule';

export const sourceTypes: TypeRules<
  | 'input'
  | 'constant'
  | 'literal'
  | 'iota'
  | 'random'
  | 'sampleRows'
  | 'iteration'
  | 'carried'
  | 'repeatResult'
> = {
  input: (operands, _, requested) => {
    expectCount(operands, 0);
    return requestedType(requested, 'input');
  },
  constant: (operands, _, requested) => {
    expectCount(operands, 0);
    return requestedType(requested, 'constant');
  },
  literal: (operands, { values }, requested) => {
    expectCount(operands, 0);
    const type = requestedType(requested, 'literal');
    invariant(
      values.length === elementCount(type.shape),
      'a literal has another length than its shape',
    );
    return type;
  },
  iota: (operands, { axis }, requested) => {
    expectCount(operands, 0);
    const { shape } = requestedType(requested, 'iota');
    extent(shape, axis);
    return { shape, dtype: 'i32' };
  },
  random: (operands, _, requested) => {
    expectCount(operands, 1);
    invariant(operand(operands, 0).dtype === 'i32', 'a random counter is i32');
    return { shape: requestedType(requested, 'random').shape, dtype: 'f32' };
  },
  sampleRows: (operands, { count }, requested) => {
    expectCount(operands, 1);
    const { shape } = requestedType(requested, 'sampleRows');
    invariant(shape.length === 1 && count >= 1, 'sampleRows gives a vector of row numbers');
    return { shape, dtype: 'i32' };
  },
  iteration: () => ({ shape: [], dtype: 'i32' }),
  carried: (_, __, requested) => requestedType(requested, 'carried'),
  repeatResult: (_, __, requested) => requestedType(requested, 'repeatResult'),
};
