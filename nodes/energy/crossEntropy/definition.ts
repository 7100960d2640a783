import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { logSoftmax } from '../../../src/ir/compose';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput } from '../../shared/ports';
import { sumPerRow } from '../../shared/rows';
import { shapeMismatch, unusable } from '../../shared/shapeProblems';

export const energyCrossEntropy = defineNode({
  kind: 'energy.crossEntropy',
  category: 'energy',
  title: 'Cross-entropy',
  synonyms: [
    'softmax',
    'logits',
    'classification',
    'BCE',
    'binary cross-entropy',
    'Bernoulli',
    'log loss',
  ],
  icon: 'chart-column',
  help: 'How unlikely a class, or a distribution over classes, is under the softmax of logits along the last axis; summed over the places of a tensor that has several.',
  formula: String.raw`E(\ell, t) = -\sum_k t_k \log \frac{e^{\ell_k}}{\sum_j e^{\ell_j}}`,
  source: 'LeCun et al. 2006, §2.2.4 (negative log-likelihood of classes); PyTorch cross_entropy',
  params: z.object({ weight: weightParameter() }),
  ports: () => ({
    inputs: [
      tensorInput('logits', 'A number for each class, on the last axis.'),
      tensorInput(
        'target',
        'The probabilities of the classes, such as a one-hot code; of the same shape.',
      ),
    ],
    outputs: [energyOutput('Low where the target is likely.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const logits = inputs.one('logits');
    if (logits.shape.length === 0) return unusable('logits', logits, 'a number for each class');
    return (
      shapeMismatch(['The logits', logits], ['the target', inputs.one('target')], 'target') ??
      inferred({})
    );
  },
  lower: ({ builder, inputs }) => {
    const logits = inputs.one('logits');
    const logarithms = logSoftmax(builder, logits, logits.shape.length - 1);
    const products = builder.mul(inputs.one('target'), logarithms);
    return { energy: builder.neg(sumPerRow(builder, products)) };
  },
});
