import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import type { ConvAttributes, Shape } from '../../ir/types';
import { dilateLoop } from './hostLoops';
import type { Kernels } from './kernels';
import { sliceTensor, transposeTensor } from './viewLowerings';

type Pair = readonly [number, number];

function extents(shape: Shape): readonly [number, number, number, number] {
  const [a, b, c, d] = shape;
  return [
    defined(a, 'first extent'),
    defined(b, 'second extent'),
    defined(c, 'third extent'),
    defined(d, 'fourth extent'),
  ];
}

function explicitPadding([[top, bottom], [left, right]]: ConvAttributes['padding']): number[][] {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

function run(
  kernels: Kernels,
  x: TensorInfo,
  filter: TensorInfo,
  strides: Pair,
  padding: ConvAttributes['padding'],
  dilations: Pair = [1, 1],
): TensorInfo {
  return kernels.run(
    'Conv2D',
    { x, filter },
    {
      strides: [...strides],
      pad: explicitPadding(padding),
      dataFormat: 'NHWC',
      dilations: [...dilations],
    },
  );
}

/** y[n, i, j, o] = Σ x[n, i·s + u − p, j·t + v − q, c] · f[u, v, c, o]; an owned result. */
export function convolve(
  kernels: Kernels,
  x: TensorInfo,
  filter: TensorInfo,
  { strides, padding }: ConvAttributes,
): TensorInfo {
  return run(kernels, x, filter, strides, padding);
}

/** Cuts off where a width of the padding is negative, which the kernel does not take; an owned result. */
function cutNegativePadding(
  kernels: Kernels,
  x: TensorInfo,
  [[top, bottom], [left, right]]: ConvAttributes['padding'],
): TensorInfo {
  const [batch, height, width, channels] = extents(x.shape);
  const start = [0, Math.max(0, -top), Math.max(0, -left), 0];
  const end = [batch, height + Math.min(0, bottom), width + Math.min(0, right), channels];
  return sliceTensor(kernels, x, start, end);
}

function atLeastZero([[top, bottom], [left, right]]: ConvAttributes['padding']): [Pair, Pair] {
  return [
    [Math.max(0, top), Math.max(0, bottom)],
    [Math.max(0, left), Math.max(0, right)],
  ];
}

function dilate(kernels: Kernels, x: TensorInfo, strides: Pair): TensorInfo {
  const [batch, height, width, channels] = extents(x.shape);
  const [rowStride, columnStride] = strides;
  if (rowStride === 1 && columnStride === 1) return kernels.retain(x);
  const shape = [batch, (height - 1) * rowStride + 1, (width - 1) * columnStride + 1, channels];
  const result = kernels.allocate(shape, 'f32');
  dilateLoop(kernels.view(x), [batch, height, width, channels], strides, kernels.view(result));
  return result;
}

/**
 * ∂/∂x of a convolution of x with `shape`, an owned result. On wasm, whose own kernel for it is a plain
 * loop and 12 times slower: the gradient, with zeros put between its elements for the strides, convolved
 * with the filter turned by 180° and its channels exchanged.
 */
export function convolveInputGradient(
  kernels: Kernels,
  gradient: TensorInfo,
  filter: TensorInfo,
  { strides, padding }: ConvAttributes,
  shape: Shape,
): TensorInfo {
  if (kernels.name !== 'wasm') {
    return kernels.run(
      'Conv2DBackpropInput',
      { dy: gradient, filter },
      {
        strides: [...strides],
        pad: explicitPadding(padding),
        dataFormat: 'NHWC',
        inputShape: [...shape],
      },
    );
  }
  const [, height, width] = extents(shape);
  const [filterHeight, filterWidth] = extents(filter.shape);
  const turned = kernels.consume(kernels.run('Reverse', { x: filter }, { dims: [0, 1] }), (x) =>
    transposeTensor(kernels, x, [0, 1, 3, 2]),
  );
  const spread = dilate(kernels, gradient, strides);
  const [, spreadHeight, spreadWidth] = extents(spread.shape);
  const top = filterHeight - 1 - padding[0][0];
  const left = filterWidth - 1 - padding[1][0];
  const border: ConvAttributes['padding'] = [
    [top, height + filterHeight - 1 - spreadHeight - top],
    [left, width + filterWidth - 1 - spreadWidth - left],
  ];
  const inside = cutNegativePadding(kernels, spread, border);
  const result = run(kernels, inside, turned, [1, 1], atLeastZero(border));
  for (const tensor of [turned, spread, inside]) kernels.release(tensor);
  return result;
}

/**
 * ∂/∂f of a convolution with a filter of `shape`, an owned result. On wasm, which has no kernel for it:
 * a convolution too, of x with channels as batch, with the gradient as filter over batch as channels, its
 * elements as far apart as the strides: g[c, u, v, o] = Σ x[n, u + i·s − p, v + j·t − q, c] · dy[n, i, j, o].
 */
export function convolveFilterGradient(
  kernels: Kernels,
  x: TensorInfo,
  gradient: TensorInfo,
  { strides, padding }: ConvAttributes,
  shape: Shape,
): TensorInfo {
  if (kernels.name !== 'wasm') {
    return kernels.run(
      'Conv2DBackpropFilter',
      { x, dy: gradient },
      {
        strides: [...strides],
        pad: explicitPadding(padding),
        dataFormat: 'NHWC',
        filterShape: [...shape],
      },
    );
  }
  const [filterHeight, filterWidth, channels, outputs] = extents(shape);
  const images = transposeTensor(kernels, x, [3, 1, 2, 0]);
  const filter = transposeTensor(kernels, gradient, [1, 2, 0, 3]);
  const sums = run(kernels, images, filter, [1, 1], padding, strides);
  for (const tensor of [images, filter]) kernels.release(tensor);
  // Where the strides leave a remainder, there are places that no element of the filter stands for.
  const used = kernels.consume(sums, (y) =>
    sliceTensor(kernels, y, [0, 0, 0, 0], [channels, filterHeight, filterWidth, outputs]),
  );
  return kernels.consume(used, (y) => transposeTensor(kernels, y, [1, 2, 0, 3]));
}
