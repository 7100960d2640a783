import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { klToStandardNormal } from '../../shared/gaussian';
import { weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput } from '../../shared/ports';
import { shapeMismatch } from '../../shared/shapeProblems';

export const regKl = defineNode({
  kind: 'reg.kl',
  category: 'reg',
  title: 'KL divergence',
  synonyms: ['VAE', 'Kullback-Leibler', 'prior', 'ELBO', 'variational', 'beta-VAE'],
  help: 'How far a Gaussian is from the standard normal: summed over its dimensions, averaged over the batch.',
  formula: String.raw`\begin{gathered} \mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1)) \\ = \tfrac{1}{2} \sum_d \big(\sigma_d^2 + \mu_d^2 - 1 - \log \sigma_d^2\big) \end{gathered}`,
  source: 'Kingma & Welling 2014, appendix B; Dawid & LeCun 2023, §4.2.2',
  params: z.object({ weight: weightParameter() }),
  ports: () => ({
    inputs: [
      tensorInput('mean', 'μ.'),
      tensorInput('logVariance', 'log σ², of the shape of the mean.'),
    ],
    outputs: [lossOutput('The divergence.')],
  }),
  time: 'fold',
  infer: ({ inputs }) =>
    shapeMismatch(
      ['The mean', inputs.one('mean')],
      ['the log-variance', inputs.one('logVariance')],
      'logVariance',
    ) ?? inferred({}),
  lower: ({ builder, inputs }) => ({
    loss: klToStandardNormal(builder, inputs.one('mean'), inputs.one('logVariance')),
  }),
  traits: ({ weight }) => ({ boundsLatent: weight > 0 }),
});
