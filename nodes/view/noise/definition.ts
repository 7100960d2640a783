import { z } from 'zod';
import { defineNode } from '../../../src/graph/nodeDefinition';
import { inEvaluationParameter } from '../../shared/parameters';
import { inferSame, lowerView, VIEW_PORTS } from '../../shared/views';

export const viewNoise = defineNode({
  kind: 'view.noise',
  category: 'view',
  title: 'Noise',
  synonyms: ['augmentation', 'distortion', 'jitter', 'corruption', 'denoising', 'Gaussian noise'],
  help: 'Adds Gaussian noise to every number, independently.',
  formula: String.raw`\tilde{x} = x + \sigma\,\epsilon, \quad \epsilon \sim \mathcal{N}(0, I)`,
  source: 'Dawid & LeCun 2023, §5.3; Vincent et al. 2008, denoising autoencoders',
  params: z.object({
    strength: z
      .number()
      .min(0)
      .max(100)
      .default(0.1)
      .meta({
        label: 'Strength σ',
        description: 'Standard deviation of the noise.',
        live: true,
        range: [0, 1],
        control: 'slider',
      }),
    inEvaluation: inEvaluationParameter(),
  }),
  ports: () => VIEW_PORTS,
  time: 'fold',
  infer: inferSame,
  lower: (context) =>
    lowerView(context, (input) => {
      const { builder } = context;
      const noise = context.normal('noise', input.shape);
      return builder.add(input, builder.mul(noise, context.live('strength')));
    }),
  traits: ({ strength }) => ({ corrupts: strength > 0 }),
});
