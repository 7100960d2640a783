import { z } from 'zod';
import { choiceParameter } from '../../shared/parameters';

export const pointParameters = z.object({
  shape: choiceParameter(
    [
      'parabola',
      'ellipse',
      'spiral',
      'moons',
      'rings',
      'swiss-roll',
      'gaussians',
      'checkerboard',
      'pinwheel',
    ],
    'moons',
    { label: 'Shape', description: 'The distribution. The parabola gives x and y apart.' },
  ),
  count: z
    .number()
    .int()
    .min(10)
    .max(100_000)
    .default(1000)
    .meta({
      label: 'Points',
      description: 'Four fifths are for training, the others are held out.',
      range: [100, 10_000],
      scale: 'log',
      control: 'slider',
    }),
  noise: z
    .number()
    .min(0)
    .max(10)
    .nullable()
    .default(null)
    .meta({
      label: 'Noise',
      description:
        'Standard deviation of the noise: of y for the parabola, of the angle for the spiral, across a blade for the pinwheel, of both coordinates otherwise. Empty takes the shape’s own.',
      range: [0, 0.5],
      control: 'number',
    }),
  radius1: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .meta({
      label: 'Radius r₁',
      description: 'Half-axis of the ellipse along the first coordinate.',
      range: [0.1, 3],
      when: { shape: ['ellipse'] },
    }),
  radius2: z
    .number()
    .positive()
    .max(100)
    .default(0.6)
    .meta({
      label: 'Radius r₂',
      description: 'Half-axis of the ellipse along the second coordinate.',
      range: [0.1, 3],
      when: { shape: ['ellipse'] },
    }),
  arms: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(3)
    .meta({
      label: 'Arms',
      description: 'Arms of the spiral.',
      range: [1, 8],
      when: { shape: ['spiral'] },
    }),
  factor: z
    .number()
    .positive()
    .lt(1)
    .default(0.5)
    .meta({
      label: 'Inner radius',
      description: 'Radius of the inner ring; the outer one has 1.',
      range: [0.1, 0.9],
      when: { shape: ['rings'] },
    }),
  centres: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(8)
    .meta({
      label: 'Gaussians',
      description: 'How many Gaussians stand on the circle.',
      range: [2, 16],
      when: { shape: ['gaussians'] },
    }),
  radius: z
    .number()
    .positive()
    .max(100)
    .default(2)
    .meta({
      label: 'Radius',
      description: 'Distance of the Gaussians from the origin.',
      range: [0.5, 4],
      when: { shape: ['gaussians'] },
    }),
  blades: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(5)
    .meta({
      label: 'Blades',
      description: 'Blades of the pinwheel.',
      range: [2, 8],
      when: { shape: ['pinwheel'] },
    }),
});

export type PointParams = z.infer<typeof pointParameters>;
