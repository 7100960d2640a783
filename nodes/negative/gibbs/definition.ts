import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import type { SamplingContext, UnitValues } from '../../../src/graph/contrast';
import type { Shape, Value } from '../../../src/ir/types';
import { BUFFER_PARAMETER, Chains, CHAINS, chainStatistics } from '../../shared/contrast/chains';
import { defineContrastive } from '../../shared/contrast/define';
import { SAMPLER_PORTS } from '../../shared/contrast/ports';
import { choiceParameter } from '../../shared/parameters';

const parameters = z.object({
  k: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .meta({
      label: 'Sweeps k',
      description: 'How often every unit is drawn anew in each training step.',
      range: [1, 30],
      control: 'slider',
    }),
  start: choiceParameter(['data', 'chains'], 'data', {
    label: 'Start',
    description:
      'At the data, which is contrastive divergence (CD-k), or where chains were left, which is its persistent form (PCD).',
  }),
  buffer: BUFFER_PARAMETER.default(0).meta({
    label: 'Chains',
    description: 'Number of persistent chains, at least a batch of them.',
    range: [0, 4096],
    control: 'slider',
    when: { start: ['chains'] },
  }),
});

type Params = z.infer<typeof parameters>;

export const negativeGibbs = defineContrastive({
  kind: 'negative.gibbs',
  category: 'negative',
  title: 'Gibbs sampler',
  synonyms: ['MCMC', 'contrastive divergence', 'CD', 'PCD', 'persistent chains', 'block Gibbs'],
  icon: 'refresh-cw',
  help: 'Contrastive points by drawing the units of an energy given the others, such as those of a Boltzmann machine: k sweeps from the data, or persistent chains.',
  formula: String.raw`\hat{y}_i \sim P(y_i \mid \hat{y}_{\neg i}, z)`,
  source: 'Dawid & LeCun 2023, §5.2, Eq. 10–12; Hinton 2002 (CD-k); Tieleman 2008 (PCD)',
  params: parameters,
  ports: () => SAMPLER_PORTS,
  statistics: ({ params, inputs, batch }) => {
    if (params.start === 'data') return [];
    const y = inputs.one('y');
    const shape = y.time === null ? y.shape : [y.time, ...y.shape];
    return chainStatistics(Math.max(params.buffer, batch), batch, shape, 0);
  },
  sampler: {
    needs: 'conditionals',
    made: 'sampled',
    chains: CHAINS,
    draw: (context) => {
      const { params, observed, mode, builder } = context;
      const chains = params.start === 'chains' ? new Chains(context, observed.shape) : null;
      const start = chains ? chains.take(observed, builder.constant(0)) : observed;
      const points = sweeps(context, start);
      if (mode === 'train') chains?.keep(points);
      return { points };
    },
  },
});

/** k sweeps over all units from a y; the others start at a throw of a coin. */
function sweeps(context: SamplingContext<Params>, start: Value): Value {
  const { builder, params, units, uniform, sweep } = context;
  const [first, ...hidden] = units;
  const { port: y } = defined(first, 'units of the energy');
  const [batch = 1] = start.shape;
  const coin = ({ port, shape }: { port: string; shape: Shape }): Value =>
    builder.cast(builder.compare('lt', uniform(`start ${port}`, [batch, ...shape]), 0.5), 'f32');
  const ports = [y, ...hidden.map(({ port }) => port)];
  const drawn = builder.repeat(params.k, [start, ...hidden.map(coin)], (carried, index) => {
    const before: UnitValues = Object.fromEntries(
      ports.map((port, place) => [port, defined(carried[place], port)]),
    );
    const after = sweep(before, { index, count: params.k });
    return ports.map((port) => defined(after[port], port));
  });
  return defined(drawn[0], 'y');
}
