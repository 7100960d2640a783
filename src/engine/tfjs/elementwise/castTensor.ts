import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DType, Value } from '../../../ir/types';
import { compareLoop } from '../hostLoops';
import type { LoweringContext } from '../lowering';
import { mask } from './loopOperands';

/** The elements of `x` as those of `value`: truncated to integers, masks as 0 or 1; an owned result. */
export function castTensor(
  context: LoweringContext,
  x: TensorInfo,
  from: DType,
  value: Value,
): TensorInfo {
  const { kernels } = context;
  if (from === value.dtype) return kernels.reshaped(x, value.shape);
  if (kernels.onHost) {
    const result = kernels.allocate(value.shape, value.dtype);
    if (value.dtype === 'bool') {
      const zero = { view: Int32Array.of(0), stride: 0 } as const;
      compareLoop('ne', { view: kernels.view(x), stride: 1 }, zero, mask(kernels, result));
    } else {
      // Typed arrays convert by truncation, as the IR wants.
      kernels.view(result).set(kernels.view(x));
    }
    return result;
  }
  return kernels.run(
    'Cast',
    { x },
    { dtype: { f32: 'float32', i32: 'int32', bool: 'bool' }[value.dtype] },
  );
}
