import { defined } from '../../../core/invariant';
import { rowMajorStrides } from '../../../ir/strides';
import { elementCount, type Value } from '../../../ir/types';
import { affineIndex } from '../../views/affineIndex';
import type { InnerLoop } from '../loopNest';
import type { Accumulation } from './accumulate';

/** A reduction over some axes: output and term numbers are split into the kept and the removed coordinates. */
export function reductionAccumulation(value: Value<'reduce'>): Accumulation {
  const from = defined(value.operands[0], 'operand');
  const { axes, kind } = value.attributes;
  const strides = rowMajorStrides(from.shape);
  const removed = (_: unknown, axis: number): boolean => axes.includes(axis);
  const kept = (_: unknown, axis: number): boolean => !axes.includes(axis);
  const removedShape = from.shape.filter(removed);
  const outputs = elementCount(value.shape);
  const terms = elementCount(removedShape);
  return {
    outputs,
    terms,
    combine: kind,
    dtype: value.dtype,
    innerLoop: innerLoopOf(value, outputs, terms),
    element: (w, index) => w.emit(from, index),
    term: (w, output, term) => {
      const base = affineIndex(output, value.shape, strides.filter(kept));
      const offset = affineIndex(term, removedShape, strides.filter(removed));
      return w.emit(from, w.let(base === '0u' ? offset : `${w.let(base)} + ${offset}`));
    },
  };
}

/** The operand as outputs × terms, when the removed axes are the last or the first ones. */
function innerLoopOf(value: Value<'reduce'>, outputs: number, terms: number): InnerLoop | null {
  const from = defined(value.operands[0], 'operand');
  const long = from.shape.flatMap((extent, axis) => (extent === 1 ? [] : [axis]));
  const removed = long.map((axis) => value.attributes.axes.includes(axis));
  const first = removed.indexOf(true);
  const last = removed.lastIndexOf(true);
  // One behind the other: nothing that is kept lies between removed axes.
  if (first < 0 || removed.slice(first, last + 1).includes(false)) return null;
  if (last === removed.length - 1) return { order: 'rows', outputs, terms };
  return first === 0 ? { order: 'columns', outputs, terms } : null;
}
