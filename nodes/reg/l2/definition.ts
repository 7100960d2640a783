import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { weightParameter } from '../../shared/parameters';
import { LATENT_TO_ENERGY } from '../../shared/regularizers';
import { sumPerRow } from '../../shared/rows';

export const regL2 = defineNode({
  kind: 'reg.l2',
  category: 'reg',
  title: 'L2',
  synonyms: ['ridge', 'weight decay', 'Tikhonov', 'Gaussian prior', 'shrinkage'],
  help: 'Keeps a latent small: the sum of its squares; on a free latent, inference takes it by a proximal step.',
  formula: String.raw`R(z) = \sum_d z_d^2`,
  source: 'Dawid & LeCun 2023, §4.2 (regularized latents)',
  params: z.object({ weight: weightParameter(0.1) }),
  ports: () => LATENT_TO_ENERGY,
  time: 'fold',
  infer: () => inferred({}),
  lower: ({ builder, inputs }) => ({
    energy: sumPerRow(builder, builder.square(inputs.one('z'))),
  }),
  traits: ({ weight }) => ({ boundsLatent: weight > 0 }),
  proximal: 'l2',
});
