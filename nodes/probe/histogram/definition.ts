import { z } from 'zod';
import { tensorInput } from '../../shared/ports';
import { defineProbe } from '../../shared/probes';

export const probeHistogram = defineProbe({
  kind: 'probe.histogram',
  title: 'Histogram',
  synonyms: ['distribution', 'dead units', 'activations', 'bins'],
  icon: 'chart-column',
  help: 'How the numbers that pass here are distributed over held-out samples, dimension by dimension: dead ones are a single bar, saturated ones stand at an edge.',
  formula: String.raw`h_d(j) = \#\{i : z_{id} \in \text{bin } j\}`,
  source: 'Basin: what passes, and nothing made of it',
  params: z.object({
    bins: z
      .number()
      .int()
      .min(4)
      .max(64)
      .default(24)
      .meta({
        label: 'Bins',
        description: 'Equal parts of the range that all dimensions together have.',
        range: [8, 48],
      }),
    views: z.boolean().default(false).meta({
      label: 'Views on',
      description:
        'As in training. Otherwise as evaluations see it: without noise, shifts and masks.',
      control: 'switch',
    }),
  }),
  inputs: [tensorInput('in', 'What is counted.')],
  probe: { reading: 'histogram', predicts: false, seesViews: ({ views }) => views },
});
