import { z } from 'zod';
import { rollRows } from '../../../src/ir/compose';
import { defineContrastive } from '../../shared/contrast/define';
import { SAMPLER_PORTS } from '../../shared/contrast/ports';

export const negativeHardest = defineContrastive({
  kind: 'negative.hardest',
  category: 'negative',
  title: 'Most offending',
  synonyms: ['hard negatives', 'hard mining', 'most offending incorrect answer'],
  icon: 'target',
  help: 'The most offending answer: of a pool of other samples’ y, the one to which the energy is lowest.',
  formula: String.raw`\hat{y}_i = \arg\min_{y \in \{y_{i+1}, \dots, y_{i+m}\}} F(x_i, y)`,
  source: 'LeCun et al. 2006, §2.2 (most offending incorrect answer); Dawid & LeCun 2023, §4.1',
  params: z.object({
    pool: z
      .number()
      .int()
      .min(1)
      .max(256)
      .default(8)
      .meta({
        label: 'Pool m',
        description:
          'How many other samples are looked at; the energy is evaluated on each. At most all of the batch.',
        range: [1, 64],
        control: 'slider',
      }),
  }),
  ports: () => SAMPLER_PORTS,
  traits: () => ({ compares: 'rows' }),
  sampler: {
    needs: 'energy',
    made: 'hardest',
    draw: ({ builder, params, observed, energyAt }) => {
      const [batch = 1, ...rest] = observed.shape;
      const pool = Math.max(1, Math.min(params.pool, batch - 1));
      const candidates = Array.from({ length: pool }, (_, index) =>
        builder.reshape(rollRows(builder, observed, index + 1), [batch, 1, ...rest]),
      );
      const all = builder.reshape(builder.concat(candidates, 1), [batch * pool, ...rest]);
      const energies = builder.reshape(energyAt(all, pool), [batch, pool]);
      const lowest = builder.argReduce('min', energies, 1);
      const first = builder.mul(builder.iota([batch], 0), builder.constant(pool, [batch], 'i32'));
      return { points: builder.gather(all, builder.add(first, lowest)) };
    },
  },
});
