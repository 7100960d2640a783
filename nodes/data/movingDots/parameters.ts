import { z } from 'zod';
import { choiceParameter } from '../../shared/parameters';
import { blobParameter, sequencesParameter } from '../../shared/sequenceParameters';

export const movingDotsParameters = z.object({
  length: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(9)
    .meta({
      label: 'Length T',
      description: 'Frames of a sequence.',
      range: [2, 20],
      control: 'slider',
    }),
  size: z
    .number()
    .int()
    .min(4)
    .max(64)
    .default(16)
    .meta({
      label: 'Size',
      description: 'Height and width of a frame in pixels.',
      range: [8, 32],
      control: 'slider',
    }),
  sequences: sequencesParameter(2000, 10_000),
  blob: blobParameter,
  speed: z
    .number()
    .min(0)
    .max(32)
    .default(2)
    .meta({
      label: 'Largest speed',
      description: 'Every sequence has a speed of its own, uniform from 0 to this.',
      range: [0, 4],
      unit: 'pixels a frame',
      control: 'slider',
    }),
  turnNoise: z
    .number()
    .min(0)
    .max(Math.PI)
    .default(0.2)
    .meta({
      label: 'Turn noise',
      description: 'Deviation of the random turn of the heading from frame to frame.',
      range: [0, 1],
      unit: 'rad',
      control: 'slider',
    }),
  background: choiceParameter(['none', 'static', 'changing'], 'none', {
    label: 'Background',
    description: 'Noise behind the dot: the same in all frames of a sequence, or new in each.',
  }),
  backgroundStrength: z
    .number()
    .min(0)
    .max(10)
    .default(0.5)
    .meta({
      label: 'Background strength',
      description: 'The noise of a pixel is uniform from 0 to this; the dot’s peak is 1.',
      range: [0, 1],
      when: { background: ['static', 'changing'] },
      control: 'slider',
    }),
});

export type MovingDotsParams = z.infer<typeof movingDotsParameters>;
