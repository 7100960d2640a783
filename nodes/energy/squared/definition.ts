import { defineNode } from '../../../src/graph/nodeDefinition';
import {
  difference,
  distanceParameters,
  distancePorts,
  inferDistance,
  reduceDistances,
} from '../../shared/distances';

export const energySquared = defineNode({
  kind: 'energy.squared',
  category: 'energy',
  title: 'Squared distance',
  synonyms: [
    'MSE',
    'mean squared error',
    'L2',
    'Euclidean distance',
    'reconstruction',
    'invariance',
    'prediction error',
  ],
  icon: 'ruler',
  help: 'The squared distance of two tensors, as the mean or the sum over their numbers; with a mask, over the masked numbers only.',
  formula: String.raw`\begin{gathered} E(a, b) = \tfrac{1}{D} \|a - b\|^2 \\ \text{masked: } \frac{\sum_d m_d (a_d - b_d)^2}{\sum_d m_d} \end{gathered}`,
  source: 'Dawid & LeCun 2023, §3, Fig. 3 and 5; masked: He et al. 2022 (MAE), §3',
  params: distanceParameters,
  ports: () => distancePorts('Low where both sides agree.'),
  time: 'fold',
  infer: inferDistance,
  lower: (context) => reduceDistances(context, context.builder.square(difference(context))),
});
