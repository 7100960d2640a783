import { z } from 'zod';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { weightParameter } from '../../shared/parameters';

export const lossLogistic = defineContrastive({
  kind: 'loss.logistic',
  category: 'loss',
  title: 'Logistic loss',
  synonyms: [
    'NCE',
    'noise-contrastive',
    'softplus',
    'soft margin',
    'log loss',
    'binary classification',
  ],
  icon: 'chart-spline',
  help: 'A soft hinge: pushes the energy of the data below that of contrastive points, ever less the farther it is.',
  formula: String.raw`\mathcal{L} = \big\langle \log(1 + e^{F(x, y) - F(x, \hat{y})}) \big\rangle`,
  source: 'LeCun et al. 2006, §2.2.3 (log loss); Dawid & LeCun 2023, §4.1',
  params: z.object({ weight: weightParameter() }),
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    reports: ['F(ŷ)'],
    loss: (context) => {
      const { builder, energy, report } = context;
      const { points, energyAt } = contrastOf(context);
      const contrasted = energyAt(points);
      report('F(ŷ)', builder.mean(contrasted));
      return builder.mean(builder.unary('softplus', builder.sub(energy, contrasted)));
    },
  },
  traits: () => ({ contrasts: true }),
});
