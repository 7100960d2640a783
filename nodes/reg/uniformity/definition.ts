import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import { logSumExp } from '../../../src/ir/compose';
import type { Value } from '../../../src/ir/types';
import { diagonal, LEFT_OUT, pairProducts, unitRows } from '../../shared/pairs';
import { weightParameter } from '../../shared/parameters';
import { VIEWS_TO_LOSS } from '../../shared/regularizers';
import { rowCount } from '../../shared/rows';

/**
 * log mean_{i<j} e^{−2‖x̂_i − x̂_j‖²} of one view `[rows, …]`, a scalar; x̂ has unit rows, so the exponent is 4 cos_ij − 4.
 * Every pair counts twice, in the sum and in the number of pairs.
 */
function uniformity(builder: Builder, z: Value): Value {
  const rows = rowCount(z);
  // A single row has no pairs: 0, not log 0.
  if (rows < 2) return builder.constant(0);
  const unit = unitRows(builder, z);
  const cosines = pairProducts(builder, unit, unit);
  const exponents = builder.mul(builder.sub(cosines, 1), 4);
  const others = builder.select(diagonal(builder, cosines.shape), LEFT_OUT, exponents);
  const pairs = builder.add(
    builder.log(builder.constant(rows)),
    builder.log(builder.constant(rows - 1)),
  );
  return builder.sub(logSumExp(builder, others, [0, 1]), pairs);
}

export const regUniformity = defineNode({
  kind: 'reg.uniformity',
  category: 'reg',
  title: 'Uniformity',
  synonyms: ['alignment', 'hypersphere', 'contrastive', 'spread', 'anti-collapse'],
  icon: 'orbit',
  help: 'Spreads directions evenly over the sphere: rows are brought to length 1, and each pushes every other away. Lengths are free; views are averaged.',
  formula: String.raw`\log \operatorname*{mean}_{i < j} e^{-2 \|\hat{x}_i - \hat{x}_j\|^2}, \quad \hat{x} = \frac{x}{\|x\|}`,
  source: 'Wang & Isola 2020, Alignment and uniformity on the hypersphere, §4.1.2, t = 2',
  params: z.object({ weight: weightParameter() }),
  ports: () => VIEWS_TO_LOSS,
  time: 'fold',
  infer: () => inferred({}),
  lower: ({ builder, inputs }) => {
    const views = inputs.all('z');
    const total = views
      .map((view) => uniformity(builder, view))
      .reduce((sum, loss) => builder.add(sum, loss));
    return { loss: builder.mul(total, 1 / views.length) };
  },
  traits: ({ weight }) => ({
    keepsVariance: weight > 0,
    decorrelates: weight > 0,
    comparesDirections: true,
    compares: 'rows',
  }),
});
