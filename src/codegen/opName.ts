import type { Value } from '../ir/types';

/** Name of an op with what tells its variants apart, e.g. `tanh` or `reduce.sum`. */
export function opName(value: Value): string {
  const { attributes } = value;
  if ('op' in attributes) return String(attributes.op);
  if ('kind' in attributes) return `${value.kind}.${String(attributes.kind)}`;
  return value.kind;
}
