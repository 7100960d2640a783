import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import {
  covarianceOfViews,
  covarianceTooLarge,
  varianceOfViews,
} from '../../shared/batchStatistics';
import { targetParameter, VIEWS_TO_LOSS } from '../../shared/regularizers';

function factor(initial: number, label: string, description: string) {
  return z
    .number()
    .min(0)
    .max(1e6)
    .default(initial)
    .meta({ label, description, live: true, range: [0, 50], control: 'slider' });
}

export const regVicreg = defineNode({
  kind: 'reg.vicreg',
  category: 'reg',
  title: 'VICReg',
  synonyms: [
    'variance',
    'covariance',
    'invariance',
    'anti-collapse',
    'decorrelation',
    'non-contrastive',
    'information maximisation',
    'self-supervised',
  ],
  help: 'The information-maximising part of VICReg: every dimension keeps its variance and dimensions are driven apart; the invariance is an energy of its own, weight 25.',
  formula: String.raw`\begin{gathered} \mu \cdot \tfrac{1}{2} \sum_{\text{views}} v(z) + \nu \sum_{\text{views}} c(z) \\ v = \tfrac{1}{D} \sum_d \big[\gamma - \sqrt{\mathrm{Var}(z_d) + 10^{-4}}\big]_+ \\ c = \tfrac{1}{D} \sum_{i \neq j} C_{ij}^2 \end{gathered}`,
  source:
    'Bardes, Ponce, LeCun 2022 (VICReg), Eq. 1–6, and facebookresearch/vicreg, main_vicreg.py; Dawid & LeCun 2023, §6.1',
  params: z.object({
    variance: factor(25, 'Variance weight μ', 'Weight of the variance hinge.'),
    covariance: factor(1, 'Covariance weight ν', 'Weight of the covariance penalty.'),
    target: targetParameter(),
  }),
  ports: () => VIEWS_TO_LOSS,
  time: 'fold',
  infer: ({ inputs }) => covarianceTooLarge(inputs.all('z')) ?? inferred({}),
  lower: (context) => {
    const { builder, params } = context;
    const views = context.inputs.all('z');
    const variance = varianceOfViews(builder, views, params.target);
    const covariance = covarianceOfViews(builder, views);
    return {
      loss: builder.add(
        builder.mul(context.live('variance'), variance),
        builder.mul(context.live('covariance'), covariance),
      ),
    };
  },
  traits: ({ variance, covariance }) => ({
    keepsVariance: variance > 0,
    decorrelates: covariance > 0,
    ...(variance > 0 || covariance > 0 ? { compares: 'rows' } : {}),
  }),
});
