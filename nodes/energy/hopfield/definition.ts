import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { sampleSize } from '../../../src/graph/ports';
import { sweepInTurn } from '../../shared/gibbs';
import { weightParameter } from '../../shared/parameters';
import { energyOutput, tensorInput, WEIGHTS_INPUT, WEIGHTS_OUTPUT } from '../../shared/ports';
import { flattenRows, sumPerRow } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';
import { symmetricWeights } from '../../shared/symmetricWeights';

export const energyHopfield = defineNode({
  kind: 'energy.hopfield',
  category: 'energy',
  title: 'Hopfield energy',
  synonyms: ['associative memory', 'attractor', 'Hebb', 'recall', 'content-addressable'],
  icon: 'magnet',
  help: 'An associative memory of units of −1 and 1 with symmetric couplings W, zero on the diagonal: patterns become minima. W begins at zero and its energy has no lower bound: a step of plain gradient descent adds to it by Hebb’s rule, ΔW = (η/2) · mean y yᵀ off the diagonal, so a rate of 2P/units after P patterns gives Hebb’s W = Σ y yᵀ/units, and further steps only scale it.',
  formula: String.raw`E(y) = -\tfrac{1}{2} y^\top W y, \quad W = W^\top, \; W_{ii} = 0`,
  source:
    'Hopfield 1982; Dawid & LeCun 2023, §5.1, Eq. 6 (there without the factor ½, and the diagonal is not named)',
  params: z.object({ weight: weightParameter() }),
  ports: () => ({
    inputs: [tensorInput('y', 'The units: −1 or 1 each.'), WEIGHTS_INPUT],
    outputs: [energyOutput('Low at patterns that are remembered.'), WEIGHTS_OUTPUT],
  }),
  time: 'fold',
  infer: ({ inputs }) => {
    const hint = 'Use fewer units: pool or slice the pattern.';
    return tooLarge('The couplings', sampleSize(inputs.one('y')) ** 2, hint) ?? inferred({});
  },
  weights: ({ inputs }) => {
    const units = sampleSize(inputs.one('y'));
    return [{ name: 'weight', shape: [units, units], initial: { kind: 'constant', value: 0 } }];
  },
  lower: ({ builder, inputs, weight }) => {
    const y = flattenRows(builder, inputs.one('y'));
    const field = builder.dot(y, symmetricWeights(builder, weight('weight')));
    return { energy: builder.mul(sumPerRow(builder, builder.mul(y, field)), -0.5) };
  },
  conditionals: {
    ports: ['y'],
    sweep: ({ builder, weight }, units, uniform) => {
      const y = defined(units['y'], 'y');
      // E is 2(Wy)_i higher with unit i at −1 than at 1.
      const couplings = builder.mul(symmetricWeights(builder, weight('weight')), 2);
      const pairs = { couplings, bias: null, values: [-1, 1] } as const;
      const drawn = sweepInTurn(builder, flattenRows(builder, y), pairs, uniform);
      return { y: builder.reshape(drawn, y.shape) };
    },
  },
});
