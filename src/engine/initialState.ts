import { normalFromUniform } from '../core/normalQuantile';
import { uniformAt } from '../core/random';
import { elementCount, type StateSpec } from '../ir/types';

/**
 * The array a state starts with, row-major. All engines use this one, so they start from the same bits.
 * Element i of a random one is made of `uniformAt(key, 0, i)`. i32 and bool states give an `Int32Array`.
 */
export function initialState(spec: StateSpec): Float32Array | Int32Array {
  const length = elementCount(spec.shape);
  const array = spec.dtype === 'f32' ? new Float32Array(length) : new Int32Array(length);
  const { initializer } = spec;
  switch (initializer.kind) {
    case 'constant':
      return array.fill(initializer.value);
    case 'uniform':
      for (let i = 0; i < length; i++) {
        array[i] = (2 * uniformAt(initializer.key, 0, i) - 1) * initializer.bound;
      }
      return array;
    case 'normal':
      for (let i = 0; i < length; i++) {
        array[i] = normalFromUniform(uniformAt(initializer.key, 0, i)) * initializer.deviation;
      }
      return array;
  }
}
