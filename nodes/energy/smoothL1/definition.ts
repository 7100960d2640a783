import { z } from 'zod';
import { defineNode } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import {
  difference,
  distanceParameters,
  distancePorts,
  inferDistance,
  reduceDistances,
} from '../../shared/distances';

const parameters = z.object({
  ...distanceParameters.shape,
  beta: z
    .number()
    .min(1e-3)
    .max(1e3)
    .default(1)
    .meta({
      label: 'Threshold β',
      description: 'Differences below it count by their squares, larger ones by their size.',
      range: [0.1, 10],
      scale: 'log',
      control: 'slider',
    }),
});

/** ½d²/β where |d| < β, |d| − ½β elsewhere: c(|d| − ½c)/β with c = min(|d|, β), which is both without a branch. */
function smoothAbsolute(builder: Builder, d: Value, beta: number): Value {
  const size = builder.unary('abs', d);
  const near = builder.min(size, beta);
  const product = builder.mul(near, builder.sub(size, builder.mul(near, 0.5)));
  return builder.mul(product, 1 / beta);
}

export const energySmoothL1 = defineNode({
  kind: 'energy.smoothL1',
  category: 'energy',
  title: 'Smooth L1 distance',
  synonyms: ['Huber', 'robust', 'I-JEPA'],
  icon: 'diff',
  help: 'The absolute difference of two tensors, rounded off to a parabola where it is small, as the mean or the sum over their numbers; with a mask, over the masked numbers only.',
  formula: String.raw`\begin{gathered} E(a, b) = \tfrac{1}{D} \sum_d \ell(a_d - b_d) \\ \ell(u) = \begin{cases} u^2 / 2\beta & |u| < \beta \\ |u| - \beta / 2 & \text{else} \end{cases} \end{gathered}`,
  source: 'PyTorch nn.SmoothL1Loss (β = 1); Girshick 2015 (Fast R-CNN), Eq. 3',
  params: parameters,
  ports: () => distancePorts('Low where both sides agree.'),
  time: 'fold',
  infer: inferDistance,
  lower: (context) =>
    reduceDistances(
      context,
      smoothAbsolute(context.builder, difference(context), context.params.beta),
    ),
});
