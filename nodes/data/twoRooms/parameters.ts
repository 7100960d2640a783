import { z } from 'zod';
import { choiceParameter } from '../../shared/parameters';
import { blobParameter, sequencesParameter } from '../../shared/sequenceParameters';

export const twoRoomsParameters = z.object({
  length: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .meta({
      label: 'Length T',
      description: 'States of a sequence, each with an action.',
      range: [2, 20],
      control: 'slider',
    }),
  size: z
    .number()
    .int()
    .min(9)
    .max(65)
    .default(17)
    .meta({
      label: 'Size',
      description: 'Height and width of a state in pixels; published ones have 65.',
      range: [13, 65],
      control: 'slider',
    }),
  sequences: sequencesParameter(
    1500,
    5000,
    'All states together have at most 2²⁵ numbers, 128 MB: about 230 sequences of 17 states of 65 × 65, or 5800 of 10 of 17 × 17.',
  ),
  blob: blobParameter,
  layout: choiceParameter(['fixed', 'drawn'], 'fixed', {
    label: 'Rooms',
    description:
      'Fixed: the wall in the middle, its door at a third of the height. Drawn: wall and door elsewhere in every sequence.',
  }),
  doorHalfSize: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(2)
    .meta({
      label: 'Door',
      description:
        'Rows that are open to either side of the door’s middle; 4 of 65 in published data. A door that does not fit leaves one row of wall on each side.',
      range: [0, 8],
      unit: 'pixels',
      control: 'slider',
    }),
  step: z
    .number()
    .min(0.01)
    .max(10)
    .default(1)
    .meta({
      label: 'Mean step',
      description: 'Mean length of an action.',
      range: [0.2, 3],
      unit: 'pixels',
      control: 'slider',
    }),
  stepDeviation: z
    .number()
    .min(0)
    .max(5)
    .default(0.4)
    .meta({
      label: 'Step deviation',
      description:
        'Lengths of actions are normal, cut at two deviations: from 0.2 to 1.8 as they are.',
      range: [0, 1],
      unit: 'pixels',
      control: 'slider',
    }),
  concentration: z
    .number()
    .min(0)
    .max(1000)
    .default(5)
    .meta({
      label: 'Heading κ',
      description:
        'Turns from one action to the next are von Mises of this concentration: 0 goes anywhere, large numbers straight on.',
      range: [0, 50],
    }),
  distractor: choiceParameter(['none', 'fixed', 'changing'], 'none', {
    label: 'Distractor',
    description:
      'A spot in the channel of the wall that stops nothing: at one place for the whole sequence, or at a new one in each state.',
  }),
});

export type TwoRoomsParams = z.infer<typeof twoRoomsParameters>;
