import { elementCount, type AnyValue, type Value } from '../../ir/types';

/** From this many multiplications on, a kernel with several threads is quicker than a loop with one. */
const WORTH_THREADS = 2 ** 22;

/** Whether the kernel for a value has enough to do for several threads: a single pair of matrices, a convolution. */
export function isWorthThreads(value: Value): boolean {
  const any = value as AnyValue;
  const [first, second] = any.operands;
  const size = elementCount(any.shape);
  switch (any.kind) {
    case 'dot': {
      const inner = first?.shape.at(any.attributes.transposeLeft ? -2 : -1) ?? 1;
      return elementCount(any.shape.slice(0, -2)) === 1 && size * inner >= WORTH_THREADS;
    }
    case 'conv2d': {
      // A result element takes one multiplication for each filter element of its channel.
      const outputs = any.shape.at(-1) ?? 1;
      return (size / outputs) * elementCount(second?.shape ?? []) >= WORTH_THREADS;
    }
    case 'conv2dInputGradient': {
      const places = elementCount(first?.shape.slice(0, -1) ?? []);
      return places * elementCount(second?.shape ?? []) >= WORTH_THREADS;
    }
    case 'conv2dFilterGradient':
      return elementCount(second?.shape.slice(0, -1) ?? []) * size >= WORTH_THREADS;
    default:
      return false;
  }
}
