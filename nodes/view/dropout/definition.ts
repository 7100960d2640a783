import { z } from 'zod';
import { defineNode } from '../../../src/graph/nodeDefinition';
import { choiceParameter, inEvaluationParameter } from '../../shared/parameters';
import { inferSame, lowerView, VIEW_PORTS } from '../../shared/views';

export const viewDropout = defineNode({
  kind: 'view.dropout',
  category: 'view',
  title: 'Dropout',
  synonyms: ['augmentation', 'masking noise', 'erase', 'corruption'],
  icon: 'square-dashed',
  help: 'Sets numbers, or whole pixels with all their channels, to zero at random.',
  formula: String.raw`\tilde{x}_i = m_i\,x_i, \quad m_i \sim \mathrm{Bernoulli}(p)`,
  source: 'Srivastava et al. 2014 (dropout); as a view: Vincent et al. 2008, masking noise',
  params: z.object({
    keep: z
      .number()
      .min(0)
      .max(1)
      .default(0.75)
      .meta({
        label: 'Keep probability p',
        description: 'The chance of each number or pixel to be kept.',
        live: true,
        range: [0, 1],
        control: 'slider',
      }),
    unit: choiceParameter(['number', 'pixel'], 'number', {
      label: 'Drop',
      description: 'Single numbers, or all channels (the last axis) together.',
    }),
    rescale: z.boolean().default(false).meta({
      label: 'Rescale',
      description: 'Divide what is kept by p, so that the mean stays.',
      control: 'switch',
    }),
    inEvaluation: inEvaluationParameter(),
  }),
  ports: () => VIEW_PORTS,
  time: 'fold',
  infer: inferSame,
  lower: (context) =>
    lowerView(context, (input) => {
      const { builder, params } = context;
      const shape =
        params.unit === 'pixel' && input.shape.length > 2
          ? [...input.shape.slice(0, -1), 1]
          : input.shape;
      const keep = context.live('keep');
      const kept = builder.compare('lt', context.uniform('mask', shape), keep);
      // At p = 0 nothing is kept, and what is divided must stay finite.
      const scale = params.rescale ? builder.div(1, builder.max(keep, 1e-6)) : 1;
      return builder.mul(input, builder.select(kept, scale, 0));
    }),
  traits: ({ keep }) => ({ corrupts: keep < 1 }),
});
