import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';

/**
 * No inference by steps: an encoder gives the mean and the log-variance of q(z|y), one behind the other, and z is a draw
 * from it through which gradients reach the encoder; its divergence from the prior is a loss beside.
 * Source: Dawid & LeCun 2023, §4.2.2; Kingma & Welling 2014.
 */
export const amortized: InferenceStrategy = {
  mode: 'amortized',
  summary: 'draw z from the Gaussian that an encoder gives',
  parameters: {},
  start: () => 'posterior',
  boundsLatent: true,
  search: null,
};
