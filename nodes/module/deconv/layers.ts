import { defined } from '../../../src/core/invariant';
import type { TensorType } from '../../../src/graph/ports';
import { windowPlaces, type ConvolutionSpec, type Windows } from '../../shared/convolution';
import { isImage, joinedImages, type ImageSize } from '../../shared/images';
import type { LinearSpec } from '../../shared/linear';
import { concatSize } from '../../shared/rows';

export interface DeconvParams extends Windows {
  readonly channels: readonly number[];
  readonly outputShape: readonly number[];
}

export interface DeconvLayer extends ConvolutionSpec {
  /** Height and width of what it makes. */
  readonly size: readonly [number, number];
  readonly hidden: boolean;
}

export interface DeconvLayers {
  /** Makes the first image of a vector; null where the input is an image already. */
  readonly linear: LinearSpec | null;
  /** The image that the first transposed convolution gets. */
  readonly start: ImageSize;
  readonly transposed: readonly DeconvLayer[];
}

/**
 * The layers, planned from the output back: each image is as large as the `windowPlaces` that a convolution has on
 * the one after it, so that any height and width can be reached.
 */
export function deconvLayers(params: DeconvParams, inputs: readonly TensorType[]): DeconvLayers {
  const { kernel, stride, padding, channels, outputShape } = params;
  const windows = { kernel, stride, padding };
  const [height = 1, width = 1, outputChannels = 1] = outputShape;
  const sizes: [number, number][] = [[height, width]];
  for (const _ of channels) {
    const [after] = sizes;
    const [rows, columns] = defined(after, 'a size');
    sizes.unshift([windowPlaces(rows, windows), windowPlaces(columns, windows)]);
  }
  const [first = [1, 1], ...results] = sizes;
  const fromImage = inputs.every(isImage);
  const depths = [...channels, outputChannels];
  if (fromImage) depths[0] = joinedImages(inputs).channels;
  const start = { height: first[0], width: first[1], channels: depths[0] ?? 1 };
  const linear = fromImage
    ? null
    : {
        prefix: '0.',
        inputs: concatSize(inputs),
        outputs: start.height * start.width * start.channels,
        bias: true,
      };
  const transposed = results.map((size, index) => ({
    prefix: `${index + (linear ? 1 : 0)}.`,
    windows,
    inputs: depths[index] ?? 1,
    outputs: depths[index + 1] ?? 1,
    size,
    hidden: index < results.length - 1,
  }));
  return { linear, start, transposed };
}
