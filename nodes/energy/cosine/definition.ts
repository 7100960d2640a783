import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput } from '../../shared/ports';
import { sumPerRow } from '../../shared/rows';
import { shapeMismatch } from '../../shared/shapeProblems';

/** Smallest norm that is divided by, as in PyTorch's cosine_similarity. */
const SMALLEST_NORM = 1e-8;

/** Clamped inside the root: the root's slope at 0 is infinite, and would make the gradient NaN. */
function clampedNorm(builder: Builder, x: Value): Value {
  return builder.sqrt(builder.max(sumPerRow(builder, builder.square(x)), SMALLEST_NORM ** 2));
}

export const energyCosine = defineNode({
  kind: 'energy.cosine',
  category: 'energy',
  title: 'Cosine distance',
  icon: 'compass',
  help: 'One minus the cosine of the angle between two tensors, whatever their lengths: 0 for one direction, 2 for opposite ones; BYOL and SimSiam use twice this.',
  formula: String.raw`E(a, b) = 1 - \frac{a^\top b}{\max(\|a\|, 10^{-8})\,\max(\|b\|, 10^{-8})}`,
  source: 'PyTorch cosine_similarity (clamped norms); Dawid & LeCun 2023, §6.1 (BYOL)',
  params: z.object({ weight: weightParameter() }),
  ports: () => ({
    inputs: [tensorInput('a', 'One side.'), tensorInput('b', 'The other side, of the same shape.')],
    outputs: [energyOutput('Low where both sides point the same way.')],
  }),
  traits: () => ({ comparesDirections: true }),
  time: 'fold',
  infer: ({ inputs }) =>
    shapeMismatch(['a', inputs.one('a')], ['b', inputs.one('b')], 'b') ?? inferred({}),
  lower: ({ builder, inputs }) => {
    const a = inputs.one('a');
    const b = inputs.one('b');
    const product = sumPerRow(builder, builder.mul(a, b));
    const norms = builder.mul(clampedNorm(builder, a), clampedNorm(builder, b));
    return { energy: builder.sub(1, builder.div(product, norms)) };
  },
});
