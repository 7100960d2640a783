import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { covarianceTooLarge } from '../../shared/batchStatistics';
import { standardise } from '../../shared/normalisation';
import { diagonal } from '../../shared/pairs';
import { weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput } from '../../shared/ports';
import { flattenRows, rowCount } from '../../shared/rows';
import { shapeMismatch } from '../../shared/shapeProblems';

/** c = âᵀb̂/N of standardised views: `[D, D]`. A dimension that is constant over the batch is 0 after centring. */
function crossCorrelation(builder: Builder, a: Value, b: Value): Value {
  const standard = (view: Value): Value => standardise(builder, flattenRows(builder, view), [0]);
  return builder.mul(builder.dot(standard(a), standard(b), { left: true }), 1 / rowCount(a));
}

export const regBarlow = defineNode({
  kind: 'reg.barlow',
  category: 'reg',
  title: 'Barlow Twins',
  synonyms: [
    'redundancy reduction',
    'cross-correlation',
    'decorrelation',
    'anti-collapse',
    'self-supervised',
  ],
  icon: 'grid-3x3',
  help: 'Makes the cross-correlation of two views the identity: each dimension agrees between the views, and differs from all others. It standardises both, so their scale and offset are free; it is an objective by itself and needs no energy beside it.',
  formula: String.raw`\begin{gathered} \sum_i (1 - c_{ii})^2 + \lambda \sum_{i \neq j} c_{ij}^2 \\ c = \tfrac{1}{N} \hat{a}^\top \hat{b}, \quad \hat{a}_d = \frac{a_d - \mu_d}{\sqrt{\sigma_d^2 + 10^{-5}}} \end{gathered}`,
  source:
    'Zbontar, Jing, Misra, LeCun, Deny 2021 (Barlow Twins), Eq. 1–2, and facebookresearch/barlowtwins: biased variance, 1e-5, λ = 0.0051; Dawid & LeCun 2023, §6.1',
  params: z.object({
    weight: weightParameter(),
    lambda: z
      .number()
      .min(0)
      .max(1e6)
      .default(0.0051)
      .meta({
        label: 'Redundancy weight λ',
        description: 'Weight of the correlations between different dimensions.',
        live: true,
        range: [0.0001, 1],
        scale: 'log',
        control: 'slider',
      }),
  }),
  ports: () => ({
    inputs: [tensorInput('a', 'One view.'), tensorInput('b', 'The other view, of the same shape.')],
    outputs: [lossOutput('The regularizer, over the batch.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const [a, b] = [inputs.one('a'), inputs.one('b')];
    return shapeMismatch(['a', a], ['b', b], 'b') ?? covarianceTooLarge([a]) ?? inferred({});
  },
  lower: (context) => {
    const { builder, inputs } = context;
    const c = crossCorrelation(builder, inputs.one('a'), inputs.one('b'));
    const isDiagonal = diagonal(builder, c.shape);
    const invariance = builder.select(isDiagonal, builder.square(builder.sub(c, 1)), 0);
    const redundancy = builder.select(isDiagonal, 0, builder.square(c));
    return {
      loss: builder.add(
        builder.sum(invariance),
        builder.mul(context.live('lambda'), builder.sum(redundancy)),
      ),
    };
  },
  traits: ({ weight, lambda }) => ({
    keepsVariance: weight > 0,
    decorrelates: weight > 0 && lambda > 0,
    compares: 'rows',
  }),
});
