import { z } from 'zod';
import { rollRows } from '../../../src/ir/compose';
import { defineContrastive } from '../../shared/contrast/define';
import { SAMPLER_PORTS } from '../../shared/contrast/ports';

export const negativeShuffle = defineContrastive({
  kind: 'negative.shuffle',
  category: 'negative',
  title: 'Shuffled',
  synonyms: ['in-batch negatives', 'permutation', 'other samples', 'mismatched pairs'],
  icon: 'shuffle',
  help: 'Contrastive points from the batch itself: each sample gets the y of another one.',
  formula: String.raw`\hat{y}_i = y_{i+1}`,
  source: 'Dawid & LeCun 2023, §4.1; LeCun et al. 2006, §2.2',
  params: z.object({}),
  ports: () => SAMPLER_PORTS,
  traits: () => ({ compares: 'rows' }),
  sampler: {
    needs: 'nothing',
    made: 'shuffled',
    // Rows come in random order, so the next one is any other one.
    draw: ({ builder, observed }) => ({ points: rollRows(builder, observed) }),
  },
});
