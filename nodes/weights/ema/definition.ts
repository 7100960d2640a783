import { z } from 'zod';
import { defineNode, inferred, type AverageContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';
import { choiceParameter } from '../../shared/parameters';

const SCHEDULES = ['constant', 'linear', 'cosine'] as const;

const parameters = z.object({
  tau: z
    .number()
    .min(0)
    .max(1)
    .default(0.99)
    .meta({
      label: 'Decay τ',
      description: 'How much of itself the average keeps in a step: near 1 it follows slowly.',
      live: true,
      range: [0.9, 1],
      step: 0.001,
      control: 'slider',
    }),
  schedule: choiceParameter(SCHEDULES, 'constant', {
    label: 'Schedule',
    description: 'Whether τ stays, or rises to 1 over the steps of the training settings.',
  }),
});

type Params = z.infer<typeof parameters>;

/**
 * What is left of 1 − τ at step k of K, an f32 scalar: 1, 1 − k/K, or ½(1 + cos πk/K), and nothing from K on. The last is
 * BYOL's (Grill et al. 2020, §3.3), τ_k = 1 − (1 − τ)·½(1 + cos πk/K).
 */
function remaining({ builder, params, step, totalSteps }: AverageContext<Params>): Value {
  if (params.schedule === 'constant') return builder.constant(1);
  const elapsed = builder.div(builder.cast(step, 'f32'), Math.max(totalSteps, 1));
  const progress = builder.min(elapsed, 1);
  if (params.schedule === 'linear') return builder.sub(1, progress);
  const wave = builder.unary('cos', builder.mul(progress, Math.PI));
  return builder.mul(builder.add(wave, 1), 0.5);
}

export const weightsEma = defineNode({
  kind: 'weights.ema',
  category: 'weights',
  title: 'EMA weights',
  synonyms: [
    'EMA',
    'exponential moving average',
    'momentum encoder',
    'target network',
    'teacher',
    'BYOL',
    'MoCo',
    'mean teacher',
    'I-JEPA',
  ],
  icon: 'history',
  help: 'Gives a module the exponential moving average of the weights of another: after each step it moves a little towards them, and no gradient does. Running statistics stay those of its own batches.',
  formula: String.raw`\theta' \leftarrow \tau\,\theta' + (1 - \tau)\,\theta`,
  source: 'Grill et al. 2020 (BYOL), §3; He et al. 2020 (MoCo), Eq. 2; Tarvainen & Valpola 2017',
  params: parameters,
  ports: () => ({
    inputs: [{ name: 'weights', type: 'weights', help: 'The weights that it follows.' }],
    outputs: [
      {
        name: 'weights',
        type: 'weights',
        help: 'Their average, to the weights input of modules that use it.',
      },
    ],
  }),
  time: 'aware',
  // A link is not computed: the compiler keeps the average, and modules read it as their weights.
  infer: () => inferred({}),
  lower: () => ({}),
  average: (context) =>
    context.builder.mul(context.builder.sub(1, context.live('tau')), remaining(context)),
});
