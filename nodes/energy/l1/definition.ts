import { defineNode } from '../../../src/graph/nodeDefinition';
import {
  difference,
  distanceParameters,
  distancePorts,
  inferDistance,
  reduceDistances,
} from '../../shared/distances';

export const energyL1 = defineNode({
  kind: 'energy.l1',
  category: 'energy',
  title: 'L1 distance',
  synonyms: ['MAE', 'mean absolute error', 'Manhattan', 'Laplace', 'robust'],
  icon: 'diff',
  help: 'The absolute difference of two tensors, as the mean or the sum over their numbers: a few large errors weigh less than in the squared distance; with a mask, over the masked numbers only.',
  formula: String.raw`\begin{gathered} E(a, b) = \tfrac{1}{D} \sum_d |a_d - b_d| \\ \text{masked: } \frac{\sum_d m_d |a_d - b_d|}{\sum_d m_d} \end{gathered}`,
  source: 'PyTorch nn.L1Loss; masked as in He et al. 2022 (MAE), §3',
  params: distanceParameters,
  ports: () => distancePorts('Low where both sides agree.'),
  time: 'fold',
  infer: inferDistance,
  lower: (context) => reduceDistances(context, context.builder.unary('abs', difference(context))),
});
