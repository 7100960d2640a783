import { elementCount, type Value } from '../../../ir/types';
import { reshape } from '../kernels';
import { fullOperand, type LoweringContext } from '../lowering';
import type { Made } from '../slots';

/** Runs an elementwise kernel on flat tensors and gives the result the value's shape. */
export function runFlat(context: LoweringContext, value: Value, kernel: string): Made {
  const [a, b] = [0, 1].map((index) => {
    const tensor = fullOperand(context, value, index);
    return reshape(tensor, [elementCount(value.shape)]);
  });
  return { full: reshape(context.kernels.run(kernel, { a, b }), value.shape) };
}
