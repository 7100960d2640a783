import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';

export const weightsTie = defineNode({
  kind: 'weights.tie',
  category: 'weights',
  title: 'Tie weights',
  synonyms: ['shared weights', 'Siamese', 'weight sharing', 'twin'],
  help: 'Lets modules share one set of weights: each uses, and trains, the weights of the module at the other end.',
  formula: String.raw`\theta' = \theta`,
  source: 'Dawid & LeCun 2023, §4.1.1 (Siamese networks); Bromley et al. 1993',
  params: z.object({}),
  ports: () => ({
    inputs: [
      { name: 'weights', type: 'weights', help: 'The weights of the module that owns them.' },
    ],
    outputs: [
      {
        name: 'weights',
        type: 'weights',
        help: 'To the weights input of modules that share them.',
      },
    ],
  }),
  time: 'aware',
  // A link is not computed: the compiler follows it from a module to the owner of its weights.
  infer: () => inferred({}),
  lower: () => ({}),
});
