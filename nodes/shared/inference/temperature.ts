import { z } from 'zod';

/** Parameters of strategies that weigh values by e^{−βE}. */
export const TEMPERATURE = {
  beta: z
    .number()
    .min(1e-4)
    .max(1e5)
    .default(1)
    .meta({
      label: 'Inverse temperature β',
      description: 'Large: only the least energy counts; small: all values count alike.',
      live: true,
      range: [0.01, 100],
      scale: 'log',
      control: 'slider',
    }),
};
