import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { drawGaussian, klToStandardNormal } from '../../shared/gaussian';
import { choiceParameter, weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput, tensorOutput } from '../../shared/ports';
import { shapeMismatch } from '../../shared/shapeProblems';

export const latentGaussian = defineNode({
  kind: 'latent.gaussian',
  category: 'latent',
  title: 'Gaussian latent',
  synonyms: [
    'VAE',
    'variational',
    'reparametrisation',
    'reparameterization',
    'posterior',
    'amortized',
    'amortised',
    'sampling',
    'bottleneck',
  ],
  icon: 'dices',
  help: 'A latent with a distribution that an encoder gives: drawn by the reparameterisation trick while training, with its divergence from the standard normal as a loss.',
  formula: String.raw`\begin{gathered} z = \mu + e^{\frac{1}{2} \log \sigma^2} \epsilon, \quad \epsilon \sim \mathcal{N}(0, I) \\ \mathrm{KL} = \tfrac{1}{2} \sum_d \big(\sigma_d^2 + \mu_d^2 - 1 - \log \sigma_d^2\big) \end{gathered}`,
  source: 'Kingma & Welling 2014, §2.4 and appendix B; Dawid & LeCun 2023, §4.2.2',
  params: z.object({
    weight: weightParameter(),
    inEvaluation: choiceParameter(['mean', 'sample'], 'mean', {
      label: 'In evaluation',
      description: 'Give the mean on held-out data, or a sample there too.',
    }),
  }),
  ports: () => ({
    inputs: [
      tensorInput('mean', 'μ.'),
      tensorInput('logVariance', 'log σ², of the shape of the mean.'),
    ],
    outputs: [
      tensorOutput('z', 'A sample.'),
      { ...lossOutput('KL divergence from the standard normal.', 'kl'), term: 'KL' },
    ],
  }),
  time: 'fold',
  infer: ({ inputs }) =>
    shapeMismatch(
      ['The mean', inputs.one('mean')],
      ['the log-variance', inputs.one('logVariance')],
      'logVariance',
    ) ?? inferred({ z: inputs.one('mean') }),
  lower: (context) => {
    const { builder, inputs, mode, params } = context;
    const mean = inputs.one('mean');
    const logVariance = inputs.one('logVariance');
    const kl = klToStandardNormal(builder, mean, logVariance);
    if (mode === 'generate') return { z: context.normal('prior', mean.shape), kl };
    if (mode === 'evaluate' && params.inEvaluation === 'mean') return { z: mean, kl };
    return { z: drawGaussian(context, 'sample', mean, logVariance), kl };
  },
  traits: ({ weight }) => ({ boundsLatent: weight > 0 }),
  latent: {
    posterior: ({ inputs }) => ({
      mean: inputs.one('mean'),
      logVariance: inputs.one('logVariance'),
    }),
  },
});
