import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import { elementCount, type DType, type Shape, type Value } from '../../ir/types';
import { consecutiveRuns, foldAround } from './axes';
import { convolve, convolveFilterGradient, convolveInputGradient } from './convolutions';
import { argExtremeLoop, extremeLoop, gatherLoop, sumLoop } from './hostLoops';
import { reshape, type Kernels } from './kernels';
import { fullOperand, operandOf, type LoweringTable } from './lowering';
import { multiplyMatrices } from './multiplyMatrices';
import { transposeTensor } from './viewLowerings';

type ReduceKind = 'sum' | 'max' | 'min';

/** Reduces the middle axis of [outer, count, inner]; the result is [outer · inner] and owned. */
function reduceMiddle(
  kernels: Kernels,
  kind: ReduceKind,
  x: TensorInfo,
  [outer, count, inner]: readonly [number, number, number],
  dtype: DType,
): TensorInfo {
  const shape = [outer * inner];
  if (kernels.onHost) {
    const result = kernels.allocate(shape, dtype);
    const [from, to] = [kernels.view(x), kernels.view(result)];
    if (kind === 'sum') sumLoop(from, count, inner, to);
    else extremeLoop(kind, from, count, inner, to);
    return result;
  }
  const run = (rows: TensorInfo): TensorInfo => {
    const input = { x: reshape(rows, [outer * inner, count]) };
    if (kind === 'sum') return kernels.run('Sum', input, { axis: [1], keepDims: false });
    if (kind === 'max')
      return kernels.run('Max', input, { reductionIndices: [1], keepDims: false });
    return kernels.run('Min', input, { axis: [1], keepDims: false });
  };
  if (inner === 1) return run(x);
  const last = transposeTensor(kernels, reshape(x, [outer, count, inner]), [0, 2, 1]);
  return kernels.consume(last, run);
}

function reduceTensor(kernels: Kernels, value: Value<'reduce'>, x: TensorInfo): TensorInfo {
  const { kind, axes } = value.attributes;
  let result = kernels.retain(x);
  let shape: number[] = [...x.shape];
  // Runs of neighbouring axes, last first, so that the axes before keep their places.
  for (const [first, last] of consecutiveRuns(axes).reverse()) {
    const { outer, middle, inner } = foldAround(shape, first, last);
    shape = shape.filter((_, axis) => axis < first || axis > last);
    result = kernels.consume(result, (from) =>
      reduceMiddle(kernels, kind, from, [outer, middle, inner], value.dtype),
    );
  }
  return reshape(result, value.shape);
}

function argReduceTensor(
  kernels: Kernels,
  { attributes: { kind, axis }, shape }: Value<'argReduce'>,
  x: TensorInfo,
): TensorInfo {
  const { outer, middle, inner } = foldAround(x.shape, axis, axis);
  if (kernels.onHost) {
    const result = kernels.allocate(shape, 'i32');
    const indices = kernels.view(result);
    invariant(indices instanceof Int32Array, 'indices are i32');
    argExtremeLoop(kind, kernels.view(x), middle, inner, indices);
    return result;
  }
  const rows = transposeTensor(kernels, reshape(x, [outer, middle, inner]), [0, 2, 1]);
  const kernel = kind === 'max' ? 'ArgMax' : 'ArgMin';
  const found = kernels.consume(rows, (y) =>
    kernels.run(kernel, { x: reshape(y, [outer * inner, middle]) }, { axis: [1] }),
  );
  return reshape(found, shape);
}

function gatherTensor(
  kernels: Kernels,
  table: TensorInfo,
  indices: TensorInfo,
  { shape, dtype }: { readonly shape: Shape; readonly dtype: DType },
): TensorInfo {
  const rows = defined(table.shape[0], 'rows of a table');
  const inner = elementCount(table.shape) / rows;
  if (kernels.onHost) {
    const result = kernels.allocate(shape, dtype);
    const numbers = kernels.view(indices);
    invariant(numbers instanceof Int32Array, 'indices are i32');
    gatherLoop(kernels.view(table), numbers, inner, kernels.view(result));
    return result;
  }
  const inputs = {
    x: reshape(table, [rows, inner]),
    indices: reshape(indices, [elementCount(indices.shape)]),
  };
  return reshape(kernels.run('GatherV2', inputs, { axis: 0, batchDims: 0 }), shape);
}

export const productLowerings: LoweringTable<
  | 'reduce'
  | 'argReduce'
  | 'dot'
  | 'conv2d'
  | 'conv2dInputGradient'
  | 'conv2dFilterGradient'
  | 'gather'
  | 'scatterAdd'
> = {
  reduce: (context, value) => ({
    full: reduceTensor(context.kernels, value, fullOperand(context, value, 0)),
  }),
  argReduce: (context, value) => ({
    full: argReduceTensor(context.kernels, value, fullOperand(context, value, 0)),
  }),
  dot: (context, value) => ({
    full: multiplyMatrices(
      context.kernels,
      fullOperand(context, value, 0),
      fullOperand(context, value, 1),
      value.attributes,
      value.shape,
    ),
  }),
  conv2d: (context, value) => ({
    full: convolve(
      context.kernels,
      fullOperand(context, value, 0),
      fullOperand(context, value, 1),
      value.attributes,
    ),
  }),
  conv2dInputGradient: (context, value) => ({
    full: convolveInputGradient(
      context.kernels,
      fullOperand(context, value, 0),
      fullOperand(context, value, 1),
      value.attributes,
      value.shape,
    ),
  }),
  conv2dFilterGradient: (context, value) => ({
    full: convolveFilterGradient(
      context.kernels,
      fullOperand(context, value, 0),
      fullOperand(context, value, 1),
      value.attributes,
      value.shape,
    ),
  }),
  gather: (context, value) => ({
    full: gatherTensor(
      context.kernels,
      fullOperand(context, value, 0),
      fullOperand(context, value, 1),
      value,
    ),
  }),
  scatterAdd: (context, value) => {
    const rows = defined(value.shape[0], 'rows of a result');
    const count = elementCount(operandOf(value, 0).shape);
    const inner = elementCount(value.shape) / rows;
    const inputs = {
      indices: reshape(fullOperand(context, value, 0), [count, 1]),
      updates: reshape(fullOperand(context, value, 1), [count, inner]),
    };
    const sums = context.kernels.run('ScatterNd', inputs, { shape: [rows, inner] });
    return { full: reshape(sums, value.shape) };
  },
};
