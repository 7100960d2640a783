import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import { tensorInput, tensorOutput } from '../../shared/ports';

export const opStopGradient = defineNode({
  kind: 'op.stopGradient',
  category: 'op',
  title: 'Stop gradient',
  synonyms: ['detach', 'sg', 'no gradient', 'BYOL', 'SimSiam', 'target branch', 'block gradient'],
  help: 'Passes values on and lets no gradient back: what is in front does not learn through here.',
  formula: String.raw`\mathrm{sg}(x) = x, \quad \partial\,\mathrm{sg}(x) / \partial x = 0`,
  source: 'Grill et al. 2020 (BYOL); Chen & He 2021 (SimSiam), §3',
  params: z.object({}),
  ports: () => ({
    inputs: [tensorInput('in', 'Any tensor.')],
    outputs: [tensorOutput('out', 'The same values, as constants.')],
  }),
  time: 'fold',
  infer: ({ inputs }) => inferred({ out: inputs.one('in') }),
  lower: ({ builder, inputs }) => ({ out: builder.stopGradient(inputs.one('in')) }),
  traits: () => ({ stopsGradient: true, passes: 'everything' }),
});
