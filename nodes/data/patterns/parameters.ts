import { z } from 'zod';
import { choiceParameter } from '../../shared/parameters';
import { LETTERS } from './letters';

export const patternParameters = z.object({
  source: choiceParameter(['letters', 'random', 'bars', 'digits'], 'letters', {
    label: 'Patterns',
    description:
      'Drawn letters of 7 × 7 units; random units, each on or off with probability ½; all bars and stripes; or handwritten digits of 8 × 8 units, on where a pixel is at least half ink.',
  }),
  letters: z
    .number()
    .int()
    .min(1)
    .max(LETTERS.length)
    .default(4)
    .meta({
      label: 'Letters',
      description: 'How many of Z, J, E, X, I, L, O, H, T, V, C, F, N, in this order.',
      range: [1, LETTERS.length],
      control: 'slider',
      when: { source: ['letters'] },
    }),
  count: z
    .number()
    .int()
    .min(1)
    .max(256)
    .default(5)
    .meta({
      label: 'How many',
      description: 'Different random patterns, drawn from the document’s seed.',
      range: [1, 32],
      control: 'slider',
      when: { source: ['random'] },
    }),
  units: z
    .number()
    .int()
    .min(2)
    .max(4096)
    .default(64)
    .meta({
      label: 'Units',
      description: 'Numbers in a random pattern.',
      range: [8, 256],
      scale: 'log',
      control: 'slider',
      when: { source: ['random'] },
    }),
  size: z
    .number()
    .int()
    .min(2)
    .max(8)
    .default(4)
    .meta({
      label: 'Size k',
      description:
        'Bars and stripes on k × k units: each row as a whole is on or off, or each column is. That makes 2ᵏ⁺¹ patterns that are equally likely, of which all-on and all-off are there twice.',
      range: [2, 8],
      control: 'slider',
      when: { source: ['bars'] },
    }),
  values: choiceParameter(['-1/1', '0/1'], '-1/1', {
    label: 'Values',
    description:
      'What a unit that is off and one that is on has: −1 and 1 for a Hopfield network, 0 and 1 for Boltzmann machines.',
  }),
  flip: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.15)
    .meta({
      label: 'Flipped part',
      description: 'Part of the units that is changed over in the output of that name.',
      range: [0, 0.5],
      control: 'slider',
    }),
});

export type PatternParams = z.infer<typeof patternParameters>;
