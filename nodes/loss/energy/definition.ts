import { z } from 'zod';
import { defineContrastive } from '../../shared/contrast/define';
import { ENERGY_LOSS_PORTS } from '../../shared/contrast/ports';
import { weightParameter } from '../../shared/parameters';

export const lossEnergy = defineContrastive({
  kind: 'loss.energy',
  category: 'loss',
  title: 'Energy loss',
  synonyms: ['energy loss', 'mean energy', 'regularized', 'non-contrastive'],
  icon: 'arrow-down-to-line',
  help: 'The energy itself as the loss, which pushes it down on the data and nowhere up: right where the energy cannot be flat. An energy that nothing reads is trained like this too.',
  formula: String.raw`\mathcal{L} = \langle F(x, y) \rangle`,
  source: 'Dawid & LeCun 2023, §3 and §4; LeCun et al. 2006, §2.2.1',
  params: z.object({ weight: weightParameter() }),
  ports: () => ENERGY_LOSS_PORTS,
  functional: { loss: ({ builder, energy }) => builder.mean(energy) },
});
