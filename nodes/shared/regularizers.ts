import { z } from 'zod';
import { energyOutput, lossOutput, tensorInput } from './ports';
import type { Ports } from '../../src/graph/ports';

/** Batch statistics of one or more views. */
export const VIEWS_TO_LOSS: Ports = {
  inputs: [
    tensorInput('z', 'One or more representations; each is a view and counts by itself.', {
      variadic: true,
    }),
  ],
  outputs: [lossOutput('The regularizer, over the batch.')],
};

/** Per-sample regularizers, which take part in the inference of a latent. */
export const LATENT_TO_ENERGY: Ports = {
  inputs: [tensorInput('z', 'A latent or a representation.')],
  outputs: [energyOutput('The regularizer, of each sample.')],
};

export function targetParameter() {
  return z
    .number()
    .positive()
    .max(100)
    .default(1)
    .meta({
      label: 'Target deviation',
      description: 'Deviations above it are not rewarded.',
      range: [0.1, 2],
      control: 'slider',
    });
}
