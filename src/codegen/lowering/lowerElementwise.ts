import { elementCount, type Value } from '../../ir/types';
import { ownIndex } from '../wgsl/ownIndex';
import type { LoweredKernel } from './loweredKernel';
import type { LoweringContext } from './loweringContext';
import { splitUntilItFits } from './splitExpression';

/** An expression with all that is computed inside it: a thread an element. */
export function lowerElementwise(context: LoweringContext, value: Value): LoweredKernel[] {
  const count = elementCount(value.shape);
  const before = splitUntilItFits(context, value, (w) => void w.compute(value, ownIndex(count)));
  const target = context.place(value);
  const own = context.elementwise(value, context.label(value), count, (w, at) => {
    const element = w.compute(value, at);
    w.store(target(), at, element);
  });
  return [...before, own];
}
