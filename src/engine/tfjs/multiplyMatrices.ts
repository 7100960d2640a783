import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import { elementCount, type OpAttributes, type Shape } from '../../ir/types';
import { reshape, type Kernels } from './kernels';

/**
 * On wasm only the product of a single pair of matrices, none transposed, goes to XNNPACK; a batch is
 * computed by a plain loop at a tenth of the speed. From about this many multiplications a pair, copying
 * the matrices out of the batch costs less than it gains.
 */
const WORTH_SPLITTING = 16_384;

function matrices(tensor: TensorInfo): TensorInfo {
  const rank = tensor.shape.length;
  const rows = defined(tensor.shape[rank - 2], 'rows of a matrix');
  const columns = defined(tensor.shape[rank - 1], 'columns of a matrix');
  return reshape(tensor, [elementCount(tensor.shape) / (rows * columns), rows, columns]);
}

/** [batch, M, K] · [batch, K, N]; flags as of BatchMatMul. */
function multiply(
  kernels: Kernels,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): TensorInfo {
  return kernels.run('BatchMatMul', { a, b }, { transposeA, transposeB });
}

/** One product after the other, each through the fast kernel. */
function multiplyEach(kernels: Kernels, a: TensorInfo, b: TensorInfo): TensorInfo {
  const [batch = 1, rows = 1, inner = 1] = a.shape;
  const columns = b.shape[2] ?? 1;
  const result = kernels.allocate([batch, rows, columns], 'f32');
  const part = (from: TensorInfo, index: number, size: number, shape: Shape): TensorInfo => {
    const copy = kernels.allocate(shape, 'f32');
    kernels.view(copy).set(kernels.view(from).subarray(index * size, (index + 1) * size));
    return copy;
  };
  for (let index = 0; index < batch; index++) {
    const left = part(a, index, rows * inner, [1, rows, inner]);
    const right = part(b, index, inner * columns, [1, inner, columns]);
    const product = multiply(kernels, left, right, false, false);
    kernels.view(result).set(kernels.view(product), index * rows * columns);
    for (const tensor of [left, right, product]) kernels.release(tensor);
  }
  return result;
}

/** The IR's `dot`; an owned result of `shape`. */
export function multiplyMatrices(
  kernels: Kernels,
  left: TensorInfo,
  right: TensorInfo,
  { transposeLeft, transposeRight }: OpAttributes['dot'],
  shape: Shape,
): TensorInfo {
  const a = matrices(left);
  const b = matrices(right);
  if (kernels.name !== 'wasm') {
    return reshape(multiply(kernels, a, b, transposeLeft, transposeRight), shape);
  }
  // 15 times slower with its flags than with a transpose before it.
  const plain = (tensor: TensorInfo, transposed: boolean): TensorInfo =>
    transposed
      ? kernels.run('Transpose', { x: tensor }, { perm: [0, 2, 1] })
      : kernels.retain(tensor);
  const product = kernels.consume(plain(a, transposeLeft), (x) =>
    kernels.consume(plain(b, transposeRight), (y) => {
      const [batch = 1, rows = 1, inner = 1] = x.shape;
      const work = rows * inner * (y.shape[2] ?? 1);
      return batch > 1 && work >= WORTH_SPLITTING
        ? multiplyEach(kernels, x, y)
        : multiply(kernels, x, y, false, false);
    }),
  );
  return reshape(product, shape);
}
