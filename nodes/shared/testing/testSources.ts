import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { tensorOutput, WEIGHTS_OUTPUT } from '../ports';

/** Feeds a test tensor into a graph: an array of the program's data, as it is in every step. */
export const tensorSource = defineNode({
  kind: 'test.tensor',
  category: 'data',
  title: 'Source',
  help: 'Gives the numbers of a test.',
  source: 'Basin',
  params: z.object({
    array: z.string(),
    shape: z.array(z.number()),
    timed: z.boolean(),
  }),
  ports: () => ({ inputs: [], outputs: [tensorOutput('out', 'The numbers.')] }),
  time: 'aware',
  infer: ({ params: { shape, timed } }) =>
    inferred({ out: tensorType(shape.slice(timed ? 2 : 1), timed ? (shape[1] ?? 1) : null) }),
  lower: ({ builder, params: { array, shape } }) => ({
    out: builder.input('data', array, shape, 'f32'),
  }),
});

/** Something to connect to inputs for weights. */
export const weightsSource = defineNode({
  kind: 'test.weights',
  category: 'weights',
  title: 'Source of weights',
  help: 'Offers weights to share.',
  source: 'Basin',
  params: z.object({}),
  ports: () => ({ inputs: [], outputs: [WEIGHTS_OUTPUT] }),
  time: 'aware',
  infer: () => inferred({}),
  lower: () => ({}),
});
