import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { weightParameter } from '../../shared/parameters';
import { LATENT_TO_ENERGY } from '../../shared/regularizers';
import { sumPerRow } from '../../shared/rows';

export const regL1 = defineNode({
  kind: 'reg.l1',
  category: 'reg',
  title: 'L1',
  synonyms: ['lasso', 'sparsity', 'sparse', 'soft threshold', 'ISTA', 'Laplace prior'],
  help: 'Makes a latent sparse: the sum of its absolute values; on a free latent, inference takes it by soft thresholding.',
  formula: String.raw`R(z) = \sum_d |z_d|`,
  source: 'Dawid & LeCun 2023, §4.2.1 (sparse coding)',
  params: z.object({ weight: weightParameter(0.1) }),
  ports: () => LATENT_TO_ENERGY,
  time: 'fold',
  infer: () => inferred({}),
  lower: ({ builder, inputs }) => ({
    energy: sumPerRow(builder, builder.unary('abs', inputs.one('z'))),
  }),
  traits: ({ weight }) => ({ boundsLatent: weight > 0 }),
  proximal: 'l1',
});
