import { z } from 'zod';
import type { SamplingContext } from '../../../src/graph/contrast';
import { clamp } from '../../../src/ir/compose';
import type { Value } from '../../../src/ir/types';
import {
  BUFFER_PARAMETER,
  Chains,
  CHAINS,
  chainStatistics,
  RESTART_PARAMETER,
} from '../../shared/contrast/chains';
import { defineContrastive } from '../../shared/contrast/define';
import { SAMPLER_PORTS } from '../../shared/contrast/ports';
import { choiceParameter } from '../../shared/parameters';

const parameters = z.object({
  steps: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(40)
    .meta({
      label: 'Steps',
      description: 'Langevin steps in each training step.',
      range: [1, 100],
      control: 'slider',
    }),
  rate: z
    .number()
    .min(0)
    .max(1e4)
    .default(0.01)
    .meta({
      label: 'Rate η',
      description: 'Size of a gradient step.',
      live: true,
      range: [1e-4, 1],
      scale: 'log',
      control: 'slider',
    }),
  form: choiceParameter(['exact', 'practical'], 'exact', {
    label: 'Noise',
    description:
      'As the dynamics has it, √(2η/β), or of a deviation of its own, as image models are trained.',
  }),
  beta: z
    .number()
    .min(1e-4)
    .max(1e5)
    .default(1)
    .meta({
      label: 'Inverse temperature β',
      description: 'Samples come from e^{−βF}.',
      live: true,
      range: [0.01, 100],
      scale: 'log',
      control: 'slider',
      when: { form: ['exact'] },
    }),
  noise: z
    .number()
    .min(0)
    .max(1e3)
    .default(0.005)
    .meta({
      label: 'Deviation of the noise',
      description: 'Of the noise in each step.',
      live: true,
      range: [0.001, 1],
      scale: 'log',
      control: 'slider',
      when: { form: ['practical'] },
    }),
  start: choiceParameter(['noise', 'data'], 'noise', {
    label: 'Start',
    description: 'Where a new chain starts: anywhere in the range, or at the data.',
  }),
  low: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(-2)
    .meta({
      label: 'Low',
      description: 'Lower end of the range in which chains start.',
      range: [-4, 0],
      control: 'number',
    }),
  high: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(2)
    .meta({
      label: 'High',
      description: 'Upper end of it.',
      range: [0, 4],
      control: 'number',
    }),
  clip: z.boolean().default(false).meta({
    label: 'Stay in range',
    description: 'Points are kept in the range after each step.',
    control: 'switch',
  }),
  buffer: BUFFER_PARAMETER,
  restart: RESTART_PARAMETER,
});

type Params = z.infer<typeof parameters>;

export const negativeLangevin = defineContrastive({
  kind: 'negative.langevin',
  category: 'negative',
  title: 'Langevin sampler',
  synonyms: [
    'MCMC',
    'SGLD',
    'sampling',
    'replay buffer',
    'stochastic gradient Langevin dynamics',
    'diffusion',
  ],
  icon: 'footprints',
  help: 'Contrastive points drawn from the energy itself by noisy gradient steps; chains go on from a replay buffer, some of them anew.',
  formula: String.raw`\hat{y} \leftarrow \hat{y} - \eta\,\nabla_y F(x, \hat{y}) + \sqrt{2\eta/\beta}\;\epsilon`,
  source:
    'Dawid & LeCun 2023, §4.1.2, Eq. 5; Du & Mordatch 2019 (replay buffer, separate step and noise); Tieleman 2008',
  params: parameters,
  ports: () => SAMPLER_PORTS,
  statistics: ({ params, inputs, batch }) => {
    const y = inputs.one('y');
    const shape = y.time === null ? y.shape : [y.time, ...y.shape];
    const bound = Math.max(Math.abs(params.low), Math.abs(params.high), 1e-6);
    return chainStatistics(params.buffer, batch, shape, { kind: 'uniform', bound });
  },
  sampler: {
    needs: 'gradient',
    made: 'sampled',
    chains: CHAINS,
    draw: (context) => {
      const { builder, params, observed, mode, live } = context;
      const fresh = freshPoints(context);
      const chains = params.buffer > 0 ? new Chains(context, observed.shape) : null;
      const start = chains ? chains.take(fresh, live('restart')) : fresh;
      const points = walk(context, clamp(builder, start, ...range(params)));
      if (mode === 'train') chains?.keep(points);
      return { points };
    },
  },
});

function range({ low, high }: Params): [number, number] {
  return [Math.min(low, high), Math.max(low, high)];
}

function freshPoints({ builder, params, observed, uniform }: SamplingContext<Params>): Value {
  if (params.start === 'data') return observed;
  const [low, high] = range(params);
  return builder.add(builder.mul(uniform('start', observed.shape), high - low), low);
}

function walk(context: SamplingContext<Params>, start: Value): Value {
  const { builder, params, live, normal, slopesAt } = context;
  const count = params.steps;
  const rate = live('rate');
  const spread =
    params.form === 'exact'
      ? builder.sqrt(builder.div(builder.mul(rate, 2), live('beta')))
      : live('noise');
  const [end] = builder.repeat(count, [start], ([at = start], index) => {
    const drift = builder.sub(at, builder.mul(rate, slopesAt(at)));
    const noise = normal('noise', at.shape, { index, count });
    const moved = builder.add(drift, builder.mul(spread, noise));
    return [params.clip ? clamp(builder, moved, ...range(params)) : moved];
  });
  return end ?? start;
}
