import { z } from 'zod';
import { variance } from '../../../src/ir/compose';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { defineContrastive } from '../../shared/contrast/define';
import { SAMPLER_PORTS } from '../../shared/contrast/ports';
import { choiceParameter } from '../../shared/parameters';

export const negativeNoise = defineContrastive({
  kind: 'negative.noise',
  category: 'negative',
  title: 'Noise',
  synonyms: ['NCE', 'noise-contrastive estimation', 'perturbation', 'denoising'],
  icon: 'waves',
  help: 'Contrastive points by noise: y with Gaussian noise on it, or Gaussian points with the mean and the spread of the batch. Denoising score matching takes the first.',
  formula: String.raw`\hat{y} = y + \sigma \epsilon, \quad \epsilon \sim \mathcal{N}(0, I)`,
  source: 'Dawid & LeCun 2023, §4.1 and §4.2; Vincent 2011; Gutmann & Hyvärinen 2010',
  params: z.object({
    form: choiceParameter(['around', 'anywhere'], 'around', {
      label: 'Where',
      description: 'Around y, or anywhere that the moments of the batch allow.',
    }),
    deviation: z
      .number()
      .min(0)
      .max(1e4)
      .default(0.3)
      .meta({
        label: 'Deviation σ',
        description: 'Of the noise; in units of the batch’s own where points are anywhere.',
        live: true,
        range: [0.01, 2],
        scale: 'log',
        control: 'slider',
      }),
  }),
  ports: () => SAMPLER_PORTS,
  traits: ({ form }) => (form === 'anywhere' ? { compares: 'rows' } : {}),
  sampler: {
    needs: 'nothing',
    made: 'of noise',
    addsNoise: ({ form }) => form === 'around',
    draw: ({ builder, params, observed, live, normal }) => {
      const noise = builder.mul(normal('noise', observed.shape), live('deviation'));
      if (params.form === 'around') {
        return { points: builder.add(observed, noise), deviation: live('deviation') };
      }
      const { mean, spread } = moments(builder, observed);
      return { points: builder.add(mean, builder.mul(noise, spread)) };
    },
  },
});

/** Mean and deviation of each number over the batch, in the shape of the batch. */
function moments(builder: Builder, batch: Value): { mean: Value; spread: Value } {
  const kept = batch.shape.map((_, axis) => axis).slice(1);
  const everywhere = (row: Value): Value => builder.broadcast(row, batch.shape, kept);
  return {
    mean: everywhere(builder.mean(batch, [0])),
    spread: everywhere(builder.sqrt(variance(builder, batch, [0], 0))),
  };
}
