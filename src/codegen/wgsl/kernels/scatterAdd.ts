import { defined } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import type { Accumulation } from './accumulate';

/**
 * result[row, j] = Σ over i with indices[i] = row of updates[i, j]. Every result looks at all indices: without
 * atomics, which f32 does not have, and so that sums come out in the same order each time.
 */
export function scatterAccumulation(value: Value<'scatterAdd'>): Accumulation {
  const indices = defined(value.operands[0], 'indices');
  const updates = defined(value.operands[1], 'updates');
  const inner = elementCount(value.shape.slice(1));
  return {
    outputs: elementCount(value.shape),
    terms: elementCount(indices.shape),
    combine: 'sum',
    dtype: value.dtype,
    innerLoop: null,
    term: (w, output, term) => {
      const row = w.let(`i32(${output} / ${inner}u)`);
      const column = w.let(`${output} % ${inner}u`);
      const hit = w.let(`${w.emit(indices, term)} == ${row}`);
      const update = w.emit(updates, w.let(`${term} * ${inner}u + ${column}`));
      return `select(${value.dtype}(), ${update}, ${hit})`;
    },
  };
}
