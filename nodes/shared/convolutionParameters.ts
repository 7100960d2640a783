import { z } from 'zod';
import { list } from '../../src/core/schemas';
import { PADDINGS } from './convolution';
import { activationParameter, widthSchema } from './modules';
import { NORMALISATIONS } from './normalisation';
import { choiceParameter } from './parameters';

/** What convolutional modules have in common. `channels`: their default, with what the numbers stand for. */
export function convolutionParameters({
  channels,
  channelsDescription,
}: {
  channels: readonly number[];
  channelsDescription: string;
}) {
  return {
    channels: list(widthSchema, { min: 1, max: 16 })
      .default([...channels])
      .meta({ label: 'Channels', description: channelsDescription, control: 'widths' }),
    kernel: z
      .number()
      .int()
      .min(1)
      .max(32)
      .default(3)
      .meta({
        label: 'Kernel k',
        description: 'Height and width of the windows.',
        range: [1, 7],
        control: 'slider',
      }),
    stride: z
      .number()
      .int()
      .min(1)
      .max(16)
      .default(2)
      .meta({
        label: 'Stride',
        description: 'Pixels from one window to the next, the same in each layer.',
        range: [1, 4],
        control: 'slider',
      }),
    padding: choiceParameter(PADDINGS, 'same', {
      label: 'Padding',
      description:
        'Same: k − 1 zeros around the larger image, so that only the stride changes sizes. Valid: none.',
    }),
    activation: activationParameter('relu', {
      label: 'Activation',
      description: 'After each hidden layer.',
    }),
    normalisation: choiceParameter(NORMALISATIONS, 'none', {
      label: 'Normalisation',
      description:
        'Between each hidden layer and its activation: each channel over batch and places, or the channels of each place.',
    }),
  };
}
