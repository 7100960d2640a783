import type { WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import { defined } from '../../src/core/invariant';
import type { ConvAttributes, Value } from '../../src/ir/types';

export const PADDINGS = ['same', 'valid'] as const;
export type Padding = (typeof PADDINGS)[number];

/** Square windows of `kernel`, moved by `stride`. */
export interface Windows {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Names of the weights of layer `prefix` are `<prefix>weight` and `<prefix>bias`. */
export interface ConvolutionSpec {
  readonly prefix: string;
  readonly windows: Windows;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * Places that the windows have along an axis: ⌊(n + p − k)/s⌋ + 1, with p = k − 1 zeros in all for `same` (so ⌈n/s⌉)
 * and none for `valid`; 0 or less when no window fits.
 */
export function windowPlaces(extent: number, { kernel, stride, padding }: Windows): number {
  const padded = extent + (padding === 'same' ? kernel - 1 : 0);
  return Math.floor((padded - kernel) / stride) + 1;
}

/** `same` puts ⌊(k − 1)/2⌋ zeros before an axis and the others after it: PyTorch’s `padding=k//2` for odd kernels. */
function attributes({ kernel, stride, padding }: Windows): ConvAttributes {
  const zeros = padding === 'same' ? kernel - 1 : 0;
  const sides = [Math.floor(zeros / 2), Math.ceil(zeros / 2)] as const;
  return { strides: [stride, stride], padding: [sides, sides] };
}

/** Filter `[k, k, inputs, outputs]` and bias, both uniform within ±1/√(inputs·k²): PyTorch's default for `nn.Conv2d`. */
export function convolutionWeights({
  prefix,
  windows: { kernel },
  inputs,
  outputs,
}: ConvolutionSpec): WeightSpec[] {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(inputs * kernel ** 2) } as const;
  return [
    { name: `${prefix}weight`, shape: [kernel, kernel, inputs, outputs], initial },
    { name: `${prefix}bias`, shape: [outputs], initial },
  ];
}

/**
 * Filter `[k, k, outputs, inputs]` and bias, both uniform within ±1/√(outputs·k²): PyTorch's default for
 * `nn.ConvTranspose2d`, whose fan-in is counted on the side of the outputs.
 */
export function transposedWeights({
  prefix,
  windows: { kernel },
  inputs,
  outputs,
}: ConvolutionSpec): WeightSpec[] {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(outputs * kernel ** 2) } as const;
  return [
    { name: `${prefix}weight`, shape: [kernel, kernel, outputs, inputs], initial, unitAxis: 2 },
    { name: `${prefix}bias`, shape: [outputs], initial },
  ];
}

interface WeightAccess {
  readonly builder: Builder;
  weight(name: string): Value;
}

/** Convolution and bias: `[rows, H, W, inputs]` → `[rows, H′, W′, outputs]`. */
export function applyConvolution(
  context: WeightAccess,
  { prefix, windows }: Pick<ConvolutionSpec, 'prefix' | 'windows'>,
  x: Value,
): Value {
  const { builder } = context;
  const product = builder.conv2d(x, context.weight(`${prefix}weight`), attributes(windows));
  return builder.add(product, context.weight(`${prefix}bias`));
}

/**
 * Transposed convolution and bias: `[rows, h, w, inputs]` → `[rows, height, width, outputs]`, where h and w are the
 * `windowPlaces` of height and width. What that leaves open is PyTorch's output padding.
 */
export function applyTransposed(
  context: WeightAccess,
  { prefix, windows }: Pick<ConvolutionSpec, 'prefix' | 'windows'>,
  x: Value,
  [height, width]: readonly [number, number],
): Value {
  const { builder } = context;
  const filter = context.weight(`${prefix}weight`);
  const rows = defined(x.shape[0], 'the batch axis');
  const shape = [rows, height, width, defined(filter.shape[2], 'output channels')];
  const product = builder.conv2dInputGradient(x, filter, shape, attributes(windows));
  return builder.add(product, context.weight(`${prefix}bias`));
}
