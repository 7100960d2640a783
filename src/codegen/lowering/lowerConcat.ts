import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import { whole, type Ref } from '../plan';
import { rowMajorStrides } from '../../ir/strides';
import { affineIndex } from '../views/affineIndex';
import type { LoweredKernel } from './loweredKernel';
import type { LoweringContext } from './loweringContext';
import { splitUntilItFits } from './splitExpression';

/** One kernel for each operand, each writing its part. */
export function lowerConcatParts(
  context: LoweringContext,
  value: Value<'concat'>,
): LoweredKernel[] {
  const { axis } = value.attributes;
  const strides = rowMajorStrides(value.shape);
  const kernels: LoweredKernel[] = [];
  const target = context.place(value);
  let start = 0;
  value.operands.forEach((part, number) => {
    const offset = start * defined(strides[axis], 'stride');
    start += defined(part.shape[axis], 'extent');
    kernels.push(...splitUntilItFits(context, value, (w) => void w.emit(part, 'i')));
    const label = `${context.label(value)}.${number}`;
    kernels.push(
      context.elementwise(value, label, elementCount(part.shape), (w, at) => {
        const element = w.emit(part, at);
        w.store(target(), w.let(affineIndex(at, part.shape, strides, offset)), element);
      }),
    );
  });
  return kernels;
}

/**
 * Parts one behind the other in memory: kernels whose result is a part write it there directly, and only the
 * other parts are copied.
 */
export function lowerFlatConcat(context: LoweringContext, value: Value<'concat'>): LoweredKernel[] {
  const { places } = context;
  const length = elementCount(value.shape);
  const storage = places.create('temporary', `%${value.id}`, value.dtype, length);
  places.put(value, whole(storage));
  const kernels: LoweredKernel[] = [];
  let offset = 0;
  value.operands.forEach((part, number) => {
    const target: Ref = { storage, offset, length: elementCount(part.shape) };
    offset += target.length;
    if (places.moveTo(part, target)) return;
    const label = `${context.label(value)}.${number}`;
    kernels.push(...splitUntilItFits(context, value, (w) => void w.emit(part, 'i')));
    kernels.push({ ...context.copy(part, target, label), value });
  });
  return kernels;
}
