import { z } from 'zod';
import { sumPerRow } from '../../shared/rows';
import { contrastOf, defineContrastive } from '../../shared/contrast/define';
import { MARGIN_PARAMETER } from '../../shared/contrast/margin';
import { CONTRASTIVE_PORTS } from '../../shared/contrast/ports';
import { choiceParameter, weightParameter } from '../../shared/parameters';

/** Under the root of ‖y − ŷ‖². */
const LEAST_SQUARE = 1e-12;

export const lossHinge = defineContrastive({
  kind: 'loss.hinge',
  category: 'loss',
  title: 'Hinge loss',
  synonyms: ['margin', 'contrastive', 'triplet', 'ranking', 'pairwise', 'max-margin'],
  icon: 'unfold-vertical',
  help: 'Pushes the energy of the data below that of contrastive points by a margin, which may grow with their distance.',
  formula: String.raw`\mathcal{L} = \big\langle [F(x, y) - F(x, \hat{y}) + m(y, \hat{y})]_+ \big\rangle`,
  source: 'Dawid & LeCun 2023, §4.1, Eq. 3; LeCun et al. 2006, §2.2.3',
  params: z.object({
    weight: weightParameter(),
    margin: MARGIN_PARAMETER,
    grows: choiceParameter(['constant', 'distance'], 'constant', {
      label: 'Margin is',
      description: 'm, or m times the distance of ŷ from y.',
    }),
  }),
  ports: () => CONTRASTIVE_PORTS,
  functional: {
    reports: ['F(ŷ)'],
    loss: (context) => {
      const { builder, params, energy, live, report } = context;
      const { observed, points, energyAt } = contrastOf(context);
      const contrasted = energyAt(points);
      report('F(ŷ)', builder.mean(contrasted));
      const squares = sumPerRow(builder, builder.square(builder.sub(observed, points)));
      const margin =
        params.grows === 'constant'
          ? live('margin')
          : builder.mul(live('margin'), builder.sqrt(builder.max(squares, LEAST_SQUARE)));
      return builder.mean(builder.relu(builder.add(builder.sub(energy, contrasted), margin)));
    },
  },
  traits: () => ({ contrasts: true }),
});
