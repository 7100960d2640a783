import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { sampleSize, tensorType } from '../../../src/graph/ports';
import { elementCount } from '../../../src/ir/types';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';

export const opFlatten = defineNode({
  kind: 'op.flatten',
  category: 'op',
  title: 'Flatten',
  synonyms: ['vector', 'view'],
  icon: 'rows-3',
  help: 'Makes a vector of all numbers of a tensor, in row-major order.',
  formula: String.raw`y = \mathrm{vec}(x)`,
  source: 'PyTorch nn.Flatten',
  params: z.object({
    time: choiceParameter(['keep', 'include'], 'keep', {
      label: 'Time',
      description: 'Keep one vector a step, or put all steps into one vector.',
    }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'Any tensor.')],
    outputs: [tensorOutput('out', 'A vector.')],
  }),
  time: 'aware',
  infer: ({ params, inputs }) => {
    const input = inputs.one('in');
    return inferred({
      out:
        params.time === 'include'
          ? tensorType([sampleSize(input)])
          : tensorType([elementCount(input.shape)], input.time),
    });
  },
  lower: ({ builder, inputs, outputTypes }) => {
    const input = inputs.one('in');
    const { time, shape } = defined(outputTypes['out'], 'the type of out');
    const steps = time === null ? [] : [time];
    return { out: builder.reshape(input, [rowCount(input), ...steps, ...shape]) };
  },
  traits: () => ({ passes: 'everything' }),
});
