import { z } from 'zod';

/** How many sequences a data set of films has; `limit` says what else bounds them. */
export function sequencesParameter(initial: number, mostUsual: number, limit = '') {
  return z
    .number()
    .int()
    .min(10)
    .max(50_000)
    .default(initial)
    .meta({
      label: 'Sequences',
      description: ['Four fifths are for training, the others are held out.', limit]
        .filter((part) => part !== '')
        .join(' '),
      range: [100, mostUsual],
      scale: 'log',
      control: 'slider',
    });
}

/** The dot of a film. */
export const blobParameter = z
  .number()
  .min(0.3)
  .max(10)
  .default(1.3)
  .meta({
    label: 'Dot size σ',
    description: 'Deviation of the Gaussian blob that is the dot.',
    range: [0.5, 3],
    unit: 'pixels',
  });
