import { z } from 'zod';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { AXIS_EXPECTATION } from '../../shared/axes';
import { batchStandardise, normalisationStatistics } from '../../shared/normalisation';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { unusable } from '../../shared/shapeProblems';

/** Features are the last axis: numbers of vectors, channels of images. */
function featureCount({ inputs }: InferContext<unknown>): number {
  return inputs.one('in').shape.at(-1) ?? 1;
}

export const opStandardize = defineNode({
  kind: 'op.standardize',
  category: 'op',
  title: 'Standardise',
  synonyms: ['batch norm', 'BatchNorm', 'normalise', 'normalize', 'whiten', 'z-score'],
  icon: 'chart-bell-curve',
  help: 'Gives each feature mean 0 and variance 1: over the batch while training, by running statistics in evaluation. It is batch normalisation without a trained scale and shift; images have one feature a channel.',
  formula: String.raw`y_d = \frac{x_d - \mu_d}{\sqrt{\sigma_d^2 + 10^{-5}}}`,
  source:
    'Ioffe & Szegedy 2015, Algorithm 1 without γ and β; PyTorch nn.BatchNorm1d(affine=False): biased variance, 1e-5, momentum 0.1; Zbontar et al. 2021 (Barlow Twins)',
  params: z.object({}),
  ports: () => ({
    inputs: [tensorInput('in', 'A tensor whose last axis are features.')],
    outputs: [tensorOutput('out', 'The same, standardised.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const input = inputs.one('in');
    return input.shape.length > 0
      ? inferred({ out: input })
      : unusable('in', input, AXIS_EXPECTATION.features);
  },
  statistics: (context) => normalisationStatistics('batch', '', featureCount(context)),
  lower: (context) => ({ out: batchStandardise(context, '', context.inputs.one('in')) }),
  traits: () => ({ passes: 'parts', compares: 'places' }),
});
