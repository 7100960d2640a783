import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { shapeMismatch } from '../../shared/shapeProblems';

export const opAdd = defineNode({
  kind: 'op.add',
  category: 'op',
  title: 'Add',
  synonyms: ['sum', 'plus', 'residual', 'skip connection'],
  icon: 'plus',
  help: 'Adds tensors of one shape, number by number.',
  formula: String.raw`y = \sum_i x_i`,
  source: 'Elementwise sum; residual connections: He et al. 2016',
  params: z.object({}),
  ports: () => ({
    inputs: [tensorInput('in', 'Tensors of one shape.', { variadic: true })],
    outputs: [tensorOutput('out', 'Their sum.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const types = inputs.all('in');
    const first = defined(types[0], 'an input of op.add');
    const mismatch = types
      .map((type, index) => shapeMismatch(['Input 1', first], [`Input ${index + 1}`, type], 'in'))
      .find((found) => found !== null);
    return mismatch ?? inferred({ out: first });
  },
  lower: ({ builder, inputs }) => ({
    out: inputs.all('in').reduce((sum, value) => builder.add(sum, value)),
  }),
});
