import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import { elementCount, formatShape } from '../../../src/ir/types';
import { problem, type InferResult } from '../../../src/graph/nodeDefinition';
import { choiceParameter, weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput } from '../../shared/ports';
import { sumPerRow } from '../../shared/rows';
import { shapeMismatch } from '../../shared/shapeProblems';

/** Under the masked mean: a sample without masked entries has energy 0. */
const SMALLEST_COUNT = 1e-8;

function maskMismatch(mask: TensorType | null, { shape }: TensorType): InferResult | null {
  const fits =
    mask === null ||
    (mask.shape.length === shape.length &&
      mask.shape.every((extent, axis) => extent === 1 || extent === shape[axis]));
  return fits
    ? null
    : problem(
        'shape.mismatch',
        `the mask is ${formatShape(mask.shape)} and a is ${formatShape(shape)}: the mask must have a’s shape, or 1 along an axis.`,
        { portId: 'mask' },
      );
}

export const energySquared = defineNode({
  kind: 'energy.squared',
  category: 'energy',
  title: 'Squared distance',
  icon: 'ruler',
  help: 'The squared distance of two tensors, as the mean or the sum over their numbers; with a mask, over the masked numbers only.',
  formula: String.raw`\begin{gathered} E(a, b) = \tfrac{1}{D} \|a - b\|^2 \\ \text{masked: } \frac{\sum_d m_d (a_d - b_d)^2}{\sum_d m_d} \end{gathered}`,
  source: 'Dawid & LeCun 2023, §3, Fig. 3 and 5; masked: He et al. 2022 (MAE), §3',
  params: z.object({
    weight: weightParameter(),
    reduce: choiceParameter(['mean', 'sum'], 'mean', {
      label: 'Over numbers',
      description: 'The mean does not grow with the size; the sum is the distance of the notes.',
    }),
  }),
  ports: () => ({
    inputs: [
      tensorInput('a', 'One side.'),
      tensorInput('b', 'The other side, of the same shape.'),
      tensorInput('mask', '1 where the numbers count, 0 elsewhere.', { optional: true }),
    ],
    outputs: [energyOutput('Low where both sides agree.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const a = inputs.one('a');
    return (
      shapeMismatch(['a', a], ['b', inputs.one('b')], 'b') ??
      maskMismatch(inputs.maybe('mask'), a) ??
      inferred({})
    );
  },
  lower: ({ builder, inputs, params }) => {
    const difference = builder.square(builder.sub(inputs.one('a'), inputs.one('b')));
    const mask = inputs.maybe('mask');
    if (!mask) {
      const total = sumPerRow(builder, difference);
      const size = elementCount(difference.shape.slice(1));
      return { energy: params.reduce === 'sum' ? total : builder.mul(total, 1 / size) };
    }
    const counted = builder.broadcastTo(mask, difference.shape);
    const total = sumPerRow(builder, builder.mul(difference, counted));
    if (params.reduce === 'sum') return { energy: total };
    const count = builder.max(sumPerRow(builder, counted), SMALLEST_COUNT);
    return { energy: builder.div(total, count) };
  },
});
