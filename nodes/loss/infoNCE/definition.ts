import { z } from 'zod';
import { defineNode, inferred, type LowerContext } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import { logSumExp, restoreAxes } from '../../../src/ir/compose';
import type { Value } from '../../../src/ir/types';
import { diagonal, LEFT_OUT, pairProducts, unitRows } from '../../shared/pairs';
import { choiceParameter, weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';
import { shapeMismatch } from '../../shared/shapeProblems';

/**
 * −mean_i log softmax_j(l_ij) at the pair of i, which `isPair` marks once in each row of `logits` `[n, m]`. As
 * log Σ_j e^{l_ij − l_i,pair}, so that nothing is lost where the pair's logit is large.
 */
function crossEntropy(builder: Builder, logits: Value, isPair: Value): Value {
  const ofPair = builder.sum(builder.select(isPair, logits, 0), [1]);
  const differences = builder.sub(logits, restoreAxes(builder, ofPair, logits.shape, [1]));
  return builder.mean(logSumExp(builder, differences, [1]));
}

/** Each a against all b: its own is the pair, and those of other rows are the negatives. */
function oneDirection({ builder, inputs }: LowerContext<unknown>, temperature: Value): Value {
  const [a, b] = [unitRows(builder, inputs.one('a')), unitRows(builder, inputs.one('b'))];
  const logits = builder.div(pairProducts(builder, a, b), temperature);
  return crossEntropy(builder, logits, diagonal(builder, logits.shape));
}

/** Each of the 2N rows of both sides against all others: the same sample on the other side is the pair. */
function ntXent({ builder, inputs }: LowerContext<unknown>, temperature: Value): Value {
  const sides = [unitRows(builder, inputs.one('a')), unitRows(builder, inputs.one('b'))];
  const all = builder.concat(sides, 0);
  const cosines = pairProducts(builder, all, all);
  const logits = builder.select(
    diagonal(builder, cosines.shape),
    LEFT_OUT,
    builder.div(cosines, temperature),
  );
  const [row, column] = [builder.iota(cosines.shape, 0), builder.iota(cosines.shape, 1)];
  const distance = builder.unary('abs', builder.sub(row, column));
  return crossEntropy(builder, logits, builder.compare('eq', distance, rowCount(all) / 2));
}

export const lossInfoNCE = defineNode({
  kind: 'loss.infoNCE',
  category: 'loss',
  title: 'InfoNCE',
  synonyms: [
    'softmax',
    'contrastive',
    'SimCLR',
    'MoCo',
    'CPC',
    'NT-Xent',
    'InfoNCE',
    'temperature',
    'mutual information',
    'negatives',
  ],
  icon: 'magnet',
  help: 'Tells the pair of a sample from those of all others in the batch, by the cosine of directions: pairs attract, and other samples repel. It is an objective by itself; larger batches have more negatives.',
  formula: String.raw`\begin{gathered} -\operatorname*{mean}_i \log \frac{e^{\cos(a_i, b_i) / T}}{\sum_j e^{\cos(a_i, b_j) / T}} \\ \text{NT-Xent: over all } 2N \text{ rows but } i \text{ itself} \end{gathered}`,
  source:
    'van den Oord et al. 2018 (InfoNCE), Eq. 4; T = 0.07: Wu et al. 2018, He et al. 2020 (MoCo); NT-Xent: Chen et al. 2020 (SimCLR), Eq. 1; Dawid & LeCun 2023, §4.1',
  params: z.object({
    weight: weightParameter(),
    temperature: z
      .number()
      .min(0.001)
      .max(100)
      .default(0.07)
      .meta({
        label: 'Temperature T',
        description: 'Cosines are divided by it: the lower, the more the hardest negatives count.',
        live: true,
        range: [0.01, 1],
        scale: 'log',
        control: 'slider',
      }),
    form: choiceParameter(['oneDirection', 'ntXent'], 'oneDirection', {
      label: 'Form',
      description:
        'One direction: each a against all b, usually at T = 0.07. NT-Xent: every row of both sides against all others, as in SimCLR, usually at T = 0.5.',
    }),
  }),
  ports: () => ({
    inputs: [
      tensorInput('a', 'One side of the pairs.'),
      tensorInput('b', 'The other side, of the same shape.'),
    ],
    outputs: [lossOutput('Low where each sample knows its pair.')],
  }),
  time: 'fold',
  infer: ({ inputs }) =>
    shapeMismatch(['a', inputs.one('a')], ['b', inputs.one('b')], 'b') ?? inferred({}),
  lower: (context) => {
    const temperature = context.live('temperature');
    const { form } = context.params;
    const loss = form === 'ntXent' ? ntXent : oneDirection;
    return { loss: loss(context, temperature) };
  },
  traits: ({ weight }) => ({ contrasts: weight > 0, comparesDirections: true, compares: 'rows' }),
});
