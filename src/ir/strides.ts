import { defined } from '../core/invariant';
import type { Shape } from './types';

/** Row-major strides of a shape: how many elements neighbours along each axis lie apart. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= defined(shape[axis], 'extent');
  }
  return strides;
}
