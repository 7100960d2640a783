import { z } from 'zod';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { MARGIN_PARAMETER } from '../../shared/contrast/margin';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { weightParameter } from '../../shared/parameters';

export const lossSquareSquare = defineContrastive({
  kind: 'loss.squareSquare',
  category: 'loss',
  title: 'Square-square loss',
  synonyms: ['margin', 'contrastive', 'Siamese', 'DrLIM'],
  icon: 'square-function',
  help: 'Draws the energy of the data to zero and pushes that of contrastive points up to a margin, both by their squares.',
  formula: String.raw`\mathcal{L} = \big\langle F(x, y)^2 + [m - F(x, \hat{y})]_+^2 \big\rangle`,
  source:
    'LeCun et al. 2006, §2.2.3 (square-square); Hadsell, Chopra & LeCun 2006; Dawid & LeCun 2023, §4.1',
  params: z.object({ weight: weightParameter(), margin: MARGIN_PARAMETER }),
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    reports: ['F(ŷ)'],
    loss: (context) => {
      const { builder, energy, live, report } = context;
      const { points, energyAt } = contrastOf(context);
      const contrasted = energyAt(points);
      report('F(ŷ)', builder.mean(contrasted));
      const short = builder.relu(builder.sub(live('margin'), contrasted));
      return builder.mean(builder.add(builder.square(energy), builder.square(short)));
    },
  },
  traits: () => ({ contrasts: true }),
});
