import { elementCount, type Shape } from '../../../src/ir/types';
import { scatter } from './tensor';

/** Row-major numbers of a weight of the given shape: `scatter`, so that other programs can make the same ones. */
export function numbers(seed: number, shape: Shape): number[] {
  return Array.from({ length: elementCount(shape) }, (_, index) => scatter(seed)(index));
}
