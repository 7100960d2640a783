import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, type InferContext } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import {
  boltzmannEnergy,
  boltzmannSweep,
  boltzmannWeights,
  readBoltzmann,
} from '../../shared/boltzmann';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';

const parameters = z.object({ weight: weightParameter() });

/** Visible and hidden units; 0 of these where z is not connected. */
function units({ inputs }: InferContext<z.infer<typeof parameters>>) {
  const hidden = inputs.maybe('z');
  return { visible: sampleSize(inputs.one('y')), hidden: hidden ? sampleSize(hidden) : 0 };
}

export const energyBoltzmann = defineNode({
  kind: 'energy.boltzmann',
  category: 'energy',
  title: 'Boltzmann machine',
  synonyms: ['hidden units', 'Ising', 'spin glass', 'pairwise', 'couplings'],
  icon: 'atom',
  help: 'The energy of binary units, 0 or 1 each, in which every visible and hidden unit acts on every other, with couplings that are symmetric and zero on the diagonal, and with biases. It has no lower bound over its weights, so it is trained against contrastive points, and not by its own mean.',
  formula: String.raw`\begin{gathered} E(y, z) = -y^\top W^{yy} y - z^\top W^{zz} z - y^\top W^{yz} z \\ {} - a^\top y - b^\top z, \quad W^{yy}_{ii} = W^{zz}_{jj} = 0 \end{gathered}`,
  source:
    'Dawid & LeCun 2023, §5.2, Eq. 8 (without biases); Ackley, Hinton & Sejnowski 1985 (with them)',
  params: parameters,
  ports: () => ({
    inputs: [
      tensorInput('y', 'The visible units: 0 or 1 each.'),
      tensorInput('z', 'The hidden units: 0 or 1 each.', { optional: true }),
      WEIGHTS_INPUT,
    ],
    outputs: [energyOutput('Low where the units fit together.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: (context) => {
    const { visible, hidden } = units(context);
    const count = Math.max(visible, hidden) ** 2;
    return tooLarge('The couplings', count, 'Use fewer units.') ?? inferred({});
  },
  weights: (context) => {
    const { visible, hidden } = units(context);
    return boltzmannWeights(visible, hidden);
  },
  lower: ({ builder, inputs, weight }) => {
    const hidden = inputs.maybe('z');
    const values = {
      y: flattenRows(builder, inputs.one('y')),
      z: hidden && flattenRows(builder, hidden),
    };
    const machine = readBoltzmann(builder, weight, hidden !== null);
    return { energy: boltzmannEnergy(builder, values, machine) };
  },
  traits: () => ({ sinks: true }),
  conditionals: {
    ports: ['y', 'z'],
    sweep: ({ builder, weight }, units, uniform) => {
      const y = defined(units['y'], 'y');
      const hidden = units['z'];
      const values = {
        y: flattenRows(builder, y),
        z: hidden ? flattenRows(builder, hidden) : null,
      };
      const machine = readBoltzmann(builder, weight, hidden !== undefined);
      const drawn = boltzmannSweep(builder, values, machine, uniform);
      return {
        y: builder.reshape(drawn.y, y.shape),
        ...(hidden && drawn.z ? { z: builder.reshape(drawn.z, hidden.shape) } : {}),
      };
    },
  },
});
