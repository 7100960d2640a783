import { defined } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import type { ConvAttributes, Shape } from '../../ir/types';
import { readAt, stridedOffsets, zeros } from './strides';

/** Swaps the last two axes. */
function swapLastAxes(x: Float64Array, shape: Shape): [Float64Array, Shape] {
  const last = shape.length - 1;
  const swap = <T>(list: readonly T[]): T[] => [
    ...list.slice(0, last - 1),
    defined(list[last], 'axis'),
    defined(list[last - 1], 'axis'),
  ];
  const swapped = swap(shape);
  return [readAt(x, stridedOffsets(swapped, swap(rowMajorStrides(shape)))), swapped];
}

/** [...batch, M, K] · [...batch, K, N], transposed operands stored with their last two axes swapped. */
export function batchedDot(
  leftStored: readonly [Float64Array, Shape],
  rightStored: readonly [Float64Array, Shape],
  { transposeLeft, transposeRight }: { transposeLeft: boolean; transposeRight: boolean },
  resultShape: Shape,
): Float64Array {
  const [left, leftShape] = transposeLeft ? swapLastAxes(...leftStored) : leftStored;
  const [right] = transposeRight ? swapLastAxes(...rightStored) : rightStored;
  const result = zeros(resultShape);
  const rows = defined(resultShape.at(-2), 'rows');
  const columns = defined(resultShape.at(-1), 'columns');
  const inner = defined(leftShape.at(-1), 'inner extent');
  const batches = result.length / (rows * columns);
  for (let batch = 0; batch < batches; batch++) {
    for (let row = 0; row < rows; row++) {
      const to = (batch * rows + row) * columns;
      const factors = (batch * rows + row) * inner;
      let k = 0;
      // Four terms at once, added in their order: reading and writing the sums takes most of the time.
      for (; k + 4 <= inner; k += 4) {
        const f0 = left[factors + k] as number;
        const f1 = left[factors + k + 1] as number;
        const f2 = left[factors + k + 2] as number;
        const f3 = left[factors + k + 3] as number;
        const r0 = (batch * inner + k) * columns;
        const r1 = r0 + columns;
        const r2 = r1 + columns;
        const r3 = r2 + columns;
        for (let column = 0; column < columns; column++) {
          result[to + column] =
            (result[to + column] as number) +
            f0 * (right[r0 + column] as number) +
            f1 * (right[r1 + column] as number) +
            f2 * (right[r2 + column] as number) +
            f3 * (right[r3 + column] as number);
        }
      }
      for (; k < inner; k++) {
        const factor = left[factors + k] as number;
        const from = (batch * inner + k) * columns;
        for (let column = 0; column < columns; column++) {
          result[to + column] =
            (result[to + column] as number) + factor * (right[from + column] as number);
        }
      }
    }
  }
  return result;
}

/**
 * Calls `visit(x, filter, y)` with the flat positions of every product in
 * y[n,i,j,o] = Σ_{a,b,c} x[n, i·s₀+a−p₀, j·s₁+b−p₁, c] · filter[a,b,c,o]; the padding is left out.
 * The convolution and both its gradients are sums over the same products.
 */
export function forEachConvProduct(
  [batch, height, width, channels]: readonly [number, number, number, number],
  [filterHeight, filterWidth, , outputs]: readonly [number, number, number, number],
  [, resultHeight, resultWidth]: readonly [number, number, number, number],
  { strides, padding }: ConvAttributes,
  visit: (x: number, filter: number, y: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < resultHeight; i++) {
      for (let j = 0; j < resultWidth; j++) {
        for (let a = 0; a < filterHeight; a++) {
          const row = i * strides[0] + a - padding[0][0];
          if (row < 0 || row >= height) continue;
          for (let b = 0; b < filterWidth; b++) {
            const column = j * strides[1] + b - padding[1][0];
            if (column < 0 || column >= width) continue;
            for (let c = 0; c < channels; c++) {
              const x = ((n * height + row) * width + column) * channels + c;
              const filter = ((a * filterWidth + b) * channels + c) * outputs;
              const y = ((n * resultHeight + i) * resultWidth + j) * outputs;
              for (let o = 0; o < outputs; o++) visit(x, filter + o, y + o);
            }
          }
        }
      }
    }
  }
}
