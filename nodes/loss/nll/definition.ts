import { z } from 'zod';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { weightParameter } from '../../shared/parameters';

export const lossNll = defineContrastive({
  kind: 'loss.nll',
  category: 'loss',
  title: 'Negative log-likelihood',
  synonyms: [
    'maximum likelihood',
    'negative log-likelihood',
    'contrastive divergence',
    'partition function',
    'log-partition',
    'MLE',
    'Boltzmann',
  ],
  icon: 'chart-no-axes-combined',
  help: 'The gradient of −log P(y|x) with samples ŷ of the model: down on the data, up on what the model believes. A quadratic term keeps energies from drifting away.',
  formula: String.raw`\mathcal{L} = \langle F(x, y) \rangle - \langle F(x, \hat{y}) \rangle + \alpha \langle F(x, y)^2 + F(x, \hat{y})^2 \rangle`,
  source:
    'Dawid & LeCun 2023, §4.1.2, Eq. 4–5; α as in Du & Mordatch 2019, §3.4. With samples by Gibbs sweeps: contrastive divergence (Hinton 2002)',
  params: z.object({
    weight: weightParameter(),
    alpha: z
      .number()
      .min(0)
      .max(1e4)
      .default(1)
      .meta({
        label: 'Bound α',
        description:
          'Weight of the squares of both energies; 0 for a machine whose energy is bound by its weights.',
        live: true,
        range: [0, 2],
        control: 'slider',
      }),
  }),
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    reports: ['F(ŷ)'],
    loss: (context) => {
      const { builder, energy, live, report } = context;
      const { points, energyAt } = contrastOf(context);
      const contrasted = energyAt(points);
      report('F(ŷ)', builder.mean(contrasted));
      const squares = builder.add(builder.square(energy), builder.square(contrasted));
      const likelihood = builder.mean(builder.sub(energy, contrasted));
      return builder.add(likelihood, builder.mul(live('alpha'), builder.mean(squares)));
    },
  },
  traits: () => ({ contrasts: true }),
});
