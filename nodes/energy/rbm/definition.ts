import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { rbmFreeEnergy, rbmSweep, rbmWeights, readRbm } from '../../shared/rbm';
import { flattenRows } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({
  weight: weightParameter(),
  units: z
    .number()
    .int()
    .min(1)
    .max(8192)
    .default(64)
    .meta({
      label: 'Hidden units',
      description: 'How many hidden units are summed over.',
      range: [1, 256],
      scale: 'log',
      control: 'slider',
    }),
});

function visibleUnits({ inputs }: InferContext<z.infer<typeof parameters>>): number {
  return sampleSize(inputs.one('y'));
}

export const energyRbm = defineNode({
  kind: 'energy.rbm',
  category: 'energy',
  title: 'Restricted Boltzmann machine',
  synonyms: ['restricted Boltzmann machine', 'hidden units', 'contrastive divergence', 'RBM'],
  icon: 'brain',
  help: 'The free energy of binary units y, 0 or 1 each, with all states of the hidden units summed out; weights and biases are trained. It has no lower bound over its weights, so it is trained against contrastive points, and not by its own mean.',
  formula: String.raw`F(y) = -a^\top y - \sum_j \log\big(1 + e^{b_j + (y W)_j}\big)`,
  source:
    'Dawid & LeCun 2023, §5.2 and Fig. 7c (without biases); Hinton 2012, A Practical Guide to Training Restricted Boltzmann Machines',
  params: parameters,
  ports: () => ({
    inputs: [tensorInput('y', 'The visible units: 0 or 1 each.'), WEIGHTS_INPUT],
    outputs: [energyOutput('Low where y is likely.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: (context) => {
    const count = visibleUnits(context) * context.params.units;
    const hint = 'Choose fewer hidden units, or a smaller y.';
    return tooLarge('The weight matrix', count, hint) ?? inferred({});
  },
  weights: (context) => rbmWeights(visibleUnits(context), context.params.units),
  lower: ({ builder, inputs, weight }) => {
    const y = flattenRows(builder, inputs.one('y'));
    return { energy: rbmFreeEnergy(builder, y, readRbm(weight)) };
  },
  traits: () => ({ sinks: true }),
  conditionals: {
    ports: ['y'],
    sweep: ({ builder, weight }, units, uniform) => {
      const y = defined(units['y'], 'y');
      const drawn = rbmSweep(builder, flattenRows(builder, y), readRbm(weight), uniform);
      return { y: builder.reshape(drawn, y.shape) };
    },
  },
});
