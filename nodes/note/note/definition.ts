import { z } from 'zod';
import { text } from '../../../src/core/schemas';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';

export const note = defineNode({
  kind: 'note',
  category: 'note',
  title: 'Note',
  synonyms: ['comment', 'text', 'annotation', 'Markdown', 'sticky'],
  help: 'Markdown text on the canvas; it computes nothing.',
  source: 'CommonMark (Markdown)',
  params: z.object({
    text: text({ max: 20_000 }).default('').meta({
      label: 'Text',
      description: 'Markdown.',
      control: 'markdown',
    }),
  }),
  ports: () => ({ inputs: [], outputs: [] }),
  time: 'aware',
  infer: () => inferred({}),
  lower: () => ({}),
});
