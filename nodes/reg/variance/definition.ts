import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { varianceOfViews } from '../../shared/batchStatistics';
import { weightParameter } from '../../shared/parameters';
import { targetParameter, VIEWS_TO_LOSS } from '../../shared/regularizers';

export const regVariance = defineNode({
  kind: 'reg.variance',
  category: 'reg',
  title: 'Variance',
  synonyms: ['VICReg', 'hinge', 'standard deviation', 'anti-collapse', 'spread'],
  help: 'Keeps the deviation of every dimension over the batch above a target, with a hinge; each view counts one half, as in VICReg.',
  formula: String.raw`\tfrac{1}{2} \sum_{\text{views}} \tfrac{1}{D} \sum_d \big[\gamma - \sqrt{\mathrm{Var}(z_d) + 10^{-4}}\big]_+`,
  source:
    'Bardes, Ponce, LeCun 2022 (VICReg), Eq. 1–2, and facebookresearch/vicreg; Dawid & LeCun 2023, §6.1',
  params: z.object({ weight: weightParameter(), target: targetParameter() }),
  ports: () => VIEWS_TO_LOSS,
  time: 'fold',
  infer: () => inferred({}),
  lower: ({ builder, inputs, params }) => ({
    loss: varianceOfViews(builder, inputs.all('z'), params.target),
  }),
  traits: ({ weight }) => ({ keepsVariance: weight > 0, compares: 'rows' }),
});
