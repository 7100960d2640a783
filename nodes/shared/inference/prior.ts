import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';

/** No inference: z is a draw from its prior, which trains a stochastic predictor or generates. */
export const prior: InferenceStrategy = {
  mode: 'prior',
  summary: 'draw z from its prior',
  parameters: {},
  start: () => 'prior',
  boundsLatent: true,
  search: null,
};
