import { z } from 'zod';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { logSoftmax } from '../../../src/ir/compose';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, rowCount, sumPerRow } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  weight: weightParameter(),
  spread: z
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .meta({
      label: 'Spread of first means',
      description: 'The means begin as normal numbers of this deviation.',
      range: [0, 5],
      control: 'number',
    }),
  deviation: z
    .number()
    .min(1e-3)
    .max(1000)
    .default(1)
    .meta({
      label: 'First deviation σ',
      description: 'Where the deviations begin, in every component and dimension.',
      range: [0.05, 5],
      scale: 'log',
      control: 'number',
    }),
});

/** How many components the code has, and the numbers of y. */
function sizes({ inputs }: InferContext<z.infer<typeof parameters>>) {
  return { components: sampleSize(inputs.one('z')), width: sampleSize(inputs.one('y')) };
}

export const energyGaussian = defineNode({
  kind: 'energy.gaussian',
  category: 'energy',
  title: 'Gaussian mixture',
  synonyms: ['log-likelihood', 'mixture', 'GMM', 'normal distribution', 'Mahalanobis', 'density'],
  icon: 'chart-bell-curve',
  help: 'The energy of y in the Gaussian that a one-hot code names, with trained means, deviations and shares π = softmax(logits): the negative log of its density without the constant (D/2) log 2π, so that its free energy at β = 1 is the mixture’s. Without spread and shares that is k-means.',
  formula: String.raw`\begin{gathered} E(y, z) = \tfrac{1}{2} \Big\|\frac{y - \mu_z}{\sigma_z}\Big\|^2 + \sum_d \log \sigma_{zd} - \log \pi_z \\ \mu_z = z M, \quad \log \sigma_z = z S, \quad \log \pi_z = z \log \mathrm{softmax}(\ell) \end{gathered}`,
  source: 'Dawid & LeCun 2023, §4.2.1 (Gaussian mixture); Bishop 2006, §9.2',
  params: parameters,
  ports: () => ({
    inputs: [
      tensorInput('y', 'What the Gaussians are fitted to.'),
      tensorInput('z', 'The code, with a place for each component; one-hot as a rule.'),
      WEIGHTS_INPUT,
    ],
    outputs: [energyOutput('Low near the mean of the component.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: (context) => {
    const { components, width } = sizes(context);
    const hint = 'Choose fewer components, or a narrower y.';
    return tooLarge('The means', components * width, hint) ?? inferred({});
  },
  weights: (context) => {
    const { spread, deviation } = context.params;
    const { components, width } = sizes(context);
    const shape = [components, width];
    return [
      { name: 'mean', shape, initial: { kind: 'normal', deviation: spread }, unitAxis: 0 },
      {
        name: 'logDeviation',
        shape,
        initial: { kind: 'constant', value: Math.log(deviation) },
        unitAxis: 0,
      },
      { name: 'logits', shape: [components], initial: { kind: 'constant', value: 0 } },
    ];
  },
  lower: ({ builder, inputs, weight }) => {
    const y = flattenRows(builder, inputs.one('y'));
    const code = flattenRows(builder, inputs.one('z'));
    const logDeviation = builder.dot(code, weight('logDeviation'));
    const distance = builder.sub(y, builder.dot(code, weight('mean')));
    const standardised = builder.mul(distance, builder.exp(builder.neg(logDeviation)));
    const shares = logSoftmax(builder, weight('logits'), 0);
    const logShare = builder.dot(code, builder.reshape(shares, [...shares.shape, 1]));
    const density = builder.add(
      builder.mul(sumPerRow(builder, builder.square(standardised)), 0.5),
      sumPerRow(builder, logDeviation),
    );
    return { energy: builder.sub(density, builder.reshape(logShare, [rowCount(y)])) };
  },
});
