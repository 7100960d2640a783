import { z } from 'zod';
import { restoreAxes } from '../../../src/ir/compose';
import { defineProbe, PREDICTING_INPUTS } from '../../shared/probes';

export const probeLinear = defineProbe({
  kind: 'probe.linear',
  title: 'Linear probe',
  synonyms: [
    'linear evaluation',
    'linear classifier',
    'accuracy',
    'readout',
    'representation quality',
  ],
  icon: 'ruler',
  help: 'How well a linear reader, trained beside the model and without a gradient into it, predicts labels or a target from a representation; always beside the same reader on the untrained network and on raw input.',
  formula: String.raw`\hat{t} = W\,\frac{z - \mu}{\sigma} + b`,
  source:
    'Alain & Bengio 2017, Understanding intermediate layers using linear classifier probes; online beside the training as in SimCLR (Chen et al. 2020) and its reimplementations',
  params: z.object({
    rate: z
      .number()
      .positive()
      .max(10)
      .default(0.01)
      .meta({
        label: 'Learning rate',
        description: 'Of the probe’s own Adam. The model’s is none of its business.',
        live: true,
        range: [1e-4, 1],
        scale: 'log',
      }),
  }),
  inputs: PREDICTING_INPUTS,
  probe: {
    reading: 'online',
    predicts: true,
    online: {
      rate: 'rate',
      weights: (features, outputs) => [
        { name: 'weight', shape: [features, outputs] },
        { name: 'bias', shape: [outputs] },
      ],
      predict: ({ builder, weight }, features) => {
        const products = builder.dot(features, weight('weight'));
        return builder.add(products, restoreAxes(builder, weight('bias'), products.shape, [0]));
      },
    },
  },
});
