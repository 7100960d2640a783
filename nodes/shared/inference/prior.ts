import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';

/** No inference: z is a draw from N(0, I), which trains a stochastic predictor or generates. */
export const prior: InferenceStrategy = {
  mode: 'prior',
  summary: 'draw z from N(0, I)',
  parameters: {},
  start: () => 'prior',
  boundsLatent: true,
  search: null,
};
