import { invariant } from '../../core/invariant';
import { sameShape, type ConvAttributes, type Shape } from '../types';
import { expectCount, extent, operand, requestedType, type TypeRules } from './typeRule';

/** Result extents [H', W'] of a convolution. */
export function convOutputSize(
  input: readonly [number, number],
  filter: readonly [number, number],
  { strides, padding }: ConvAttributes,
): [number, number] {
  const size = (axis: 0 | 1): number =>
    Math.floor((input[axis] + padding[axis][0] + padding[axis][1] - filter[axis]) / strides[axis]) +
    1;
  return [size(0), size(1)];
}

function convResult(x: Shape, filter: Shape, attributes: ConvAttributes): Shape {
  invariant(x.length === 4 && filter.length === 4, 'a convolution takes rank 4');
  invariant(extent(x, 3) === extent(filter, 2), 'channels of input and filter differ');
  const [height, width] = convOutputSize(
    [extent(x, 1), extent(x, 2)],
    [extent(filter, 0), extent(filter, 1)],
    attributes,
  );
  invariant(height > 0 && width > 0, 'a convolution has an empty result');
  return [extent(x, 0), height, width, extent(filter, 3)];
}

function dropAxes(shape: Shape, axes: readonly number[]): Shape {
  invariant(new Set(axes).size === axes.length, 'axes repeat');
  for (const axis of axes) extent(shape, axis);
  return shape.filter((_, axis) => !axes.includes(axis));
}

export const productTypes: TypeRules<
  'reduce' | 'argReduce' | 'dot' | 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient'
> = {
  reduce: (operands, { axes }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(dtype !== 'bool', 'reduce takes numbers');
    return { shape: dropAxes(shape, axes), dtype };
  },
  argReduce: (operands, { axis }) => {
    expectCount(operands, 1);
    return { shape: dropAxes(operand(operands, 0).shape, [axis]), dtype: 'i32' };
  },
  dot: (operands, { transposeLeft, transposeRight }) => {
    expectCount(operands, 2);
    const left = operand(operands, 0);
    const right = operand(operands, 1);
    const rank = left.shape.length;
    invariant(
      rank >= 2 && right.shape.length === rank,
      'dot takes two operands of one rank, at least 2',
    );
    const batch = left.shape.slice(0, rank - 2);
    invariant(sameShape(batch, right.shape.slice(0, rank - 2)), 'batch axes of dot differ');
    const [rows, inner] = transposeLeft
      ? [extent(left.shape, rank - 1), extent(left.shape, rank - 2)]
      : [extent(left.shape, rank - 2), extent(left.shape, rank - 1)];
    const [innerRight, columns] = transposeRight
      ? [extent(right.shape, rank - 1), extent(right.shape, rank - 2)]
      : [extent(right.shape, rank - 2), extent(right.shape, rank - 1)];
    invariant(inner === innerRight, `inner extents of dot differ: ${inner} and ${innerRight}`);
    invariant(left.dtype === 'f32' && right.dtype === 'f32', 'dot takes f32');
    return { shape: [...batch, rows, columns], dtype: 'f32' };
  },
  conv2d: (operands, attributes) => {
    expectCount(operands, 2);
    return {
      shape: convResult(operand(operands, 0).shape, operand(operands, 1).shape, attributes),
      dtype: 'f32',
    };
  },
  conv2dInputGradient: (operands, attributes, requested) => {
    expectCount(operands, 2);
    const { shape } = requestedType(requested, 'conv2dInputGradient');
    invariant(
      sameShape(
        convResult(shape, operand(operands, 1).shape, attributes),
        operand(operands, 0).shape,
      ),
      'the input gradient does not fit its convolution',
    );
    return { shape, dtype: 'f32' };
  },
  conv2dFilterGradient: (operands, attributes, requested) => {
    expectCount(operands, 2);
    const { shape } = requestedType(requested, 'conv2dFilterGradient');
    invariant(
      sameShape(
        convResult(operand(operands, 0).shape, shape, attributes),
        operand(operands, 1).shape,
      ),
      'the filter gradient does not fit its convolution',
    );
    return { shape, dtype: 'f32' };
  },
};
