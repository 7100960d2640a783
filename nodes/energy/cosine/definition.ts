import { z } from 'zod';
import { defineNode } from '../../../src/graph/nodeDefinition';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { distancePorts, inferDistance } from '../../shared/distances';
import { weightParameter } from '../../shared/parameters';
import { sumPerRow } from '../../shared/rows';

/** Smallest norm that is divided by, as in PyTorch's cosine_similarity. */
const SMALLEST_NORM = 1e-8;

/** Clamped inside the root: the root's slope at 0 is infinite, and would make the gradient NaN. */
function clampedNorm(builder: Builder, square: Value): Value {
  return builder.sqrt(builder.max(square, SMALLEST_NORM ** 2));
}

export const energyCosine = defineNode({
  kind: 'energy.cosine',
  category: 'energy',
  title: 'Cosine distance',
  synonyms: ['cosine similarity', 'dot product', 'BYOL', 'SimSiam', 'negative cosine', 'angle'],
  icon: 'compass',
  help: 'One minus the cosine of the angle between two tensors, whatever their lengths: 0 for one direction, 2 for opposite ones; BYOL and SimSiam use twice this. With a mask, the angle between their masked parts.',
  formula: String.raw`E(a, b) = 1 - \frac{a^\top b}{\max(\|a\|, 10^{-8})\,\max(\|b\|, 10^{-8})}`,
  source: 'PyTorch cosine_similarity (clamped norms); Dawid & LeCun 2023, §6.1 (BYOL)',
  params: z.object({ weight: weightParameter() }),
  ports: () => distancePorts('Low where both sides point the same way.'),
  traits: () => ({ comparesDirections: true }),
  time: 'fold',
  infer: inferDistance,
  lower: ({ builder, inputs }) => {
    const a = inputs.one('a');
    const b = inputs.one('b');
    const mask = inputs.maybe('mask');
    const product = (x: Value, y: Value): Value => {
      const products = builder.mul(x, y);
      return sumPerRow(builder, mask ? builder.mul(products, mask) : products);
    };
    const norms = builder.mul(
      clampedNorm(builder, product(a, a)),
      clampedNorm(builder, product(b, b)),
    );
    return { energy: builder.sub(1, builder.div(product(a, b), norms)) };
  },
});
