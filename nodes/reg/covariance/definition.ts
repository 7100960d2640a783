import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { covarianceOfViews, covarianceTooLarge } from '../../shared/batchStatistics';
import { weightParameter } from '../../shared/parameters';
import { VIEWS_TO_LOSS } from '../../shared/regularizers';

export const regCovariance = defineNode({
  kind: 'reg.covariance',
  category: 'reg',
  title: 'Covariance',
  synonyms: ['VICReg', 'decorrelation', 'redundancy reduction', 'anti-collapse', 'whitening'],
  help: 'Drives the dimensions of a representation apart: their covariances over the batch, squared, off the diagonal; views are summed, as in VICReg.',
  formula: String.raw`\sum_{\text{views}} \tfrac{1}{D} \sum_{i \neq j} C_{ij}^2, \quad C = \tfrac{1}{N-1} \sum_n (z_n - \bar z)(z_n - \bar z)^\top`,
  source:
    'Bardes, Ponce, LeCun 2022 (VICReg), Eq. 3–4, and facebookresearch/vicreg; Dawid & LeCun 2023, §6.1',
  params: z.object({ weight: weightParameter() }),
  ports: () => VIEWS_TO_LOSS,
  time: 'fold',
  infer: ({ inputs }) => covarianceTooLarge(inputs.all('z')) ?? inferred({}),
  lower: ({ builder, inputs }) => ({ loss: covarianceOfViews(builder, inputs.all('z')) }),
  traits: ({ weight }) => ({ decorrelates: weight > 0, compares: 'rows' }),
});
