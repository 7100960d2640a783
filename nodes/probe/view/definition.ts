import { z } from 'zod';
import { tensorInput } from '../../shared/ports';
import { defineProbe } from '../../shared/probes';

export const probeView = defineProbe({
  kind: 'probe.view',
  title: 'View values',
  synonyms: ['inspect', 'print', 'show', 'watch', 'debug', 'images'],
  icon: 'eye',
  help: 'Shows what passes here for the first held-out samples: images as pictures, anything else as rows of numbers.',
  formula: String.raw`z_1, \dots, z_8`,
  source: 'Basin: what passes, and nothing made of it',
  params: z.object({
    views: z.boolean().default(true).meta({
      label: 'Views on',
      description:
        'As in training. Otherwise as evaluations see it: without noise, shifts and masks.',
      control: 'switch',
    }),
  }),
  inputs: [tensorInput('in', 'What is looked at.')],
  probe: { reading: 'view', predicts: false, seesViews: ({ views }) => views },
});
