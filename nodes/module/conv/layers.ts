import type { TensorType } from '../../../src/graph/ports';
import { windowPlaces, type ConvolutionSpec, type Windows } from '../../shared/convolution';
import { joinedImages, type ImageSize } from '../../shared/images';
import type { LinearSpec } from '../../shared/linear';
import { ROLE_DEFAULTS, type Role } from '../../shared/modules';

export const HEADS = ['flatten', 'pool', 'none'] as const;
export type Head = (typeof HEADS)[number];

export interface ConvParams extends Windows {
  readonly role: Role;
  readonly channels: readonly number[];
  readonly head: Head;
  readonly width: number | null;
}

export interface ConvLayer extends ConvolutionSpec {
  readonly size: ImageSize;
  /** Normalised and activated; the last convolution is not where no linear layer follows. */
  readonly hidden: boolean;
}

/** The convolutions, each with the size of what it makes: 0 or less where its kernel does not fit. */
export function convLayers(params: ConvParams, inputs: readonly TensorType[]): ConvLayer[] {
  const { kernel, stride, padding, channels, head } = params;
  const windows = { kernel, stride, padding };
  let before = joinedImages(inputs);
  return channels.map((outputs, index) => {
    const size = {
      height: windowPlaces(before.height, windows),
      width: windowPlaces(before.width, windows),
      channels: outputs,
    };
    const hidden = head !== 'none' || index < channels.length - 1;
    const inputChannels = before.channels;
    before = size;
    return { prefix: `${index}.`, windows, inputs: inputChannels, outputs, size, hidden };
  });
}

/** The linear layer after the convolutions, or null without one. */
export function headLayer(
  params: ConvParams,
  { height, width, channels }: ImageSize,
): LinearSpec | null {
  if (params.head === 'none') return null;
  return {
    prefix: `${params.channels.length}.`,
    inputs: params.head === 'pool' ? channels : height * width * channels,
    outputs: params.width ?? ROLE_DEFAULTS[params.role].width,
    bias: true,
  };
}
