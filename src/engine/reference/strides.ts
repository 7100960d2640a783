import { defined } from '../../core/invariant';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount, type Shape } from '../../ir/types';

/** For each position of `shape` in row-major order: start + Σ index[axis]·strides[axis]. */
export function stridedOffsets(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  let offsets = Int32Array.of(start);
  shape.forEach((extent, axis) => {
    const stride = defined(strides[axis], 'stride');
    const outer = offsets;
    offsets = new Int32Array(outer.length * extent);
    let position = 0;
    for (const offset of outer) {
      for (let index = 0; index < extent; index++) offsets[position++] = offset + index * stride;
    }
  });
  return offsets;
}

/** result[i] = source[offsets[i]]. */
export function readAt(source: Float64Array, offsets: Int32Array): Float64Array {
  const result = new Float64Array(offsets.length);
  for (let i = 0; i < offsets.length; i++) result[i] = source[offsets[i] as number] as number;
  return result;
}

/** target[offsets[i]] = source[i]. */
export function writeAt(target: Float64Array, offsets: Int32Array, source: Float64Array): void {
  for (let i = 0; i < offsets.length; i++) target[offsets[i] as number] = source[i] as number;
}

/** Positions of the result of a reduction, one for each element of the operand. */
export function reducedOffsets(shape: Shape, axes: readonly number[]): Int32Array {
  const kept = rowMajorStrides(shape.filter((_, axis) => !axes.includes(axis)));
  let next = 0;
  const strides = shape.map((_, axis) =>
    axes.includes(axis) ? 0 : defined(kept[next++], 'stride of the result'),
  );
  return stridedOffsets(shape, strides);
}

export function zeros(shape: Shape): Float64Array {
  return new Float64Array(elementCount(shape));
}
