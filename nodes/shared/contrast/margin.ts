import { z } from 'zod';

/** m of functionals that push up to a margin. */
export const MARGIN_PARAMETER = z
  .number()
  .min(0)
  .max(1e6)
  .default(1)
  .meta({
    label: 'Margin m',
    description: 'By how much the energy of contrastive points is to be higher.',
    live: true,
    range: [0, 10],
    control: 'slider',
  });
