import { z } from 'zod';
import { defineProbe, PREDICTING_INPUTS } from '../../shared/probes';

export const probeKnn = defineProbe({
  kind: 'probe.knn',
  title: 'kNN probe',
  synonyms: ['nearest neighbours', 'nearest neighbors', 'accuracy', 'retrieval'],
  icon: 'waypoints',
  help: 'How well the labels or targets of the nearest training samples, by cosine, predict those of held-out ones; always beside the same on the untrained network and on raw input. Nothing is trained.',
  formula: String.raw`\hat{t} = \frac{\sum_{i \in N_{20}(z)} e^{\cos(z, z_i)/0.07}\, t_i}{\sum_{i \in N_{20}(z)} e^{\cos(z, z_i)/0.07}}`,
  source:
    'Wu et al. 2018, Unsupervised Feature Learning via Non-Parametric Instance Discrimination, §3.4',
  params: z.object({
    neighbours: z
      .number()
      .int()
      .min(1)
      .max(200)
      .default(20)
      .meta({
        label: 'Neighbours k',
        description: 'How many training samples vote.',
        range: [1, 50],
      }),
  }),
  inputs: PREDICTING_INPUTS,
  probe: { reading: 'knn', predicts: true },
});
