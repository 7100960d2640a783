import { z } from 'zod';
import { defineNode } from '../../../src/graph/nodeDefinition';
import { inEvaluationParameter } from '../../shared/parameters';
import { rowCount } from '../../shared/rows';
import { inferSame, lowerView, VIEW_PORTS } from '../../shared/views';

export const viewGain = defineNode({
  kind: 'view.gain',
  category: 'view',
  title: 'Gain',
  synonyms: ['augmentation', 'brightness', 'contrast', 'jitter', 'scale'],
  icon: 'sun-medium',
  help: 'Multiplies each sample by one random factor: brighter or darker as a whole.',
  formula: String.raw`\tilde{x} = g\,x, \quad g \sim U(1 - s, 1 + s)`,
  source: 'Brightness jitter, e.g. Chen et al. 2020 (SimCLR), appendix A',
  params: z.object({
    strength: z
      .number()
      .min(0)
      .max(10)
      .default(0.2)
      .meta({
        label: 'Strength s',
        description: 'The factor is uniform from 1 − s to 1 + s.',
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
      const uniform = context.uniform('gain', [rowCount(input)]);
      const centred = builder.sub(builder.mul(uniform, 2), 1);
      const gain = builder.add(builder.mul(centred, context.live('strength')), 1);
      return builder.mul(input, builder.broadcast(gain, input.shape, [0]));
    }),
  traits: ({ strength }) => ({ corrupts: strength > 0 }),
});
