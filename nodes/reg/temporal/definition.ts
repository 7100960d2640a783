import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { weightParameter } from '../../shared/parameters';
import { lossOutput, tensorInput } from '../../shared/ports';
import { stepRows, stepsProblem } from '../../shared/steps';

export const regTemporal = defineNode({
  kind: 'reg.temporal',
  category: 'reg',
  title: 'Temporal similarity',
  synonyms: ['slow features', 'slowness', 'SFA', 'smoothness', 'time'],
  icon: 'waves',
  help: 'Keeps states that follow each other close: the mean square of how far each number moves in a step. It is least where nothing moves, so it needs a term beside it that keeps variance up.',
  formula: String.raw`\operatorname*{mean}_{t, n, d}\, (z_{t+1} - z_t)^2`,
  source:
    'Wiskott & Sejnowski 2002, Slow Feature Analysis, Eq. 1; as a term of a world model: facebookresearch/eb_jepa, and Sobal et al. 2025, Learning from Reward-Free Offline Data',
  params: z.object({ weight: weightParameter() }),
  ports: () => ({
    inputs: [tensorInput('z', 'A sequence of states.')],
    outputs: [lossOutput('The regularizer, over batch and steps.')],
  }),
  time: 'aware',
  infer: ({ inputs }) => stepsProblem('z', inputs.one('z')) ?? inferred({}),
  lower: ({ builder, inputs }) => {
    const z = inputs.one('z');
    const length = defined(z.shape[1], 'the time axis');
    const moved = builder.sub(stepRows(builder, z, 1, length), stepRows(builder, z, 0, length - 1));
    return { loss: builder.mean(builder.square(moved)) };
  },
});
