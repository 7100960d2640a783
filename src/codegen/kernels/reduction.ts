import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import { affineIndex, rowMajorStrides } from '../affineIndex';
import type { Accumulation } from './accumulate';

/** A reduction over some axes: output and term numbers are split into the kept and the removed coordinates. */
export function reductionAccumulation(value: Value<'reduce'>): Accumulation {
  const from = defined(value.operands[0], 'operand');
  const { axes, kind } = value.attributes;
  const strides = rowMajorStrides(from.shape);
  const removed = (_: unknown, axis: number): boolean => axes.includes(axis);
  const kept = (_: unknown, axis: number): boolean => !axes.includes(axis);
  const removedShape = from.shape.filter(removed);
  return {
    outputs: elementCount(value.shape),
    terms: elementCount(removedShape),
    combine: kind,
    dtype: value.dtype,
    term: (w, output, term) => {
      const base = affineIndex(output, value.shape, strides.filter(kept));
      const offset = affineIndex(term, removedShape, strides.filter(removed));
      return w.emit(from, w.let(base === '0u' ? offset : `${w.let(base)} + ${offset}`));
    },
  };
}
