import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { formatTensorType, tensorType } from '../../../src/graph/ports';
import { elementCount } from '../../../src/ir/types';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput } from '../../shared/ports';

const parameters = z.object({
  d: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(2)
    .meta({
      label: 'Dimensions d',
      description: 'Few dimensions bound what the latent can carry.',
      range: [1, 32],
      control: 'slider',
    }),
  mode: choiceParameter(['minimize', 'prior'], 'minimize', {
    label: 'Inference',
    description: 'Find the z of least energy for each sample, or draw z from N(0, I).',
  }),
  steps: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(10)
    .meta({
      label: 'Steps',
      description: 'Gradient steps of inference in each training step.',
      range: [1, 100],
      control: 'slider',
      when: { mode: ['minimize'] },
    }),
  evaluationSteps: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(40)
    .meta({
      label: 'Steps in evaluation',
      description: 'Gradient steps of inference on held-out data.',
      range: [1, 400],
      control: 'slider',
      when: { mode: ['minimize'] },
    }),
  rate: z
    .number()
    .min(0)
    .max(1e4)
    .default(0.1)
    .meta({
      label: 'Rate',
      description: 'Step size of inference.',
      live: true,
      range: [0.001, 10],
      scale: 'log',
      control: 'slider',
      when: { mode: ['minimize'] },
    }),
  init: choiceParameter(['zero', 'prior', 'guess'], 'zero', {
    label: 'Start',
    description: 'Where inference starts: at zero, at a draw from N(0, I), or at the guess.',
    when: { mode: ['minimize'] },
  }),
  length: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .meta({
      label: 'Length',
      description: 'Steps of a sequence with a latent each; 0 for one latent a sample.',
      range: [0, 20],
      control: 'number',
    }),
});

type Params = z.infer<typeof parameters>;

function startsAtGuess({ mode, init }: Params): boolean {
  return mode === 'minimize' && init === 'guess';
}

export const latentContinuous = defineNode({
  kind: 'latent.continuous',
  category: 'latent',
  title: 'Latent',
  help: 'A vector that neither data nor weights give: inference finds it by descending the energy, or it is drawn from the standard normal.',
  formula: String.raw`\check{z} = \arg\min_z E(x, y, z), \quad z_{k+1} = z_k - \eta\,\partial E / \partial z`,
  source:
    'Dawid & LeCun 2023, §3.2 (inference by minimising the energy); ISTA: Daubechies, Defrise & De Mol 2004',
  params: parameters,
  ports: () => ({
    inputs: [
      tensorInput('guess', 'Where inference may start, such as the output of an encoder.', {
        optional: true,
      }),
    ],
    outputs: [tensorOutput('z', 'The latent.')],
  }),
  time: 'aware',
  infer: ({ params, inputs }) => {
    const time = params.length === 0 ? null : params.length;
    const out = inferred({ z: tensorType([params.d], time) });
    if (!startsAtGuess(params)) return out;
    const guess = inputs.maybe('guess');
    if (!guess) {
      return problem('node.missing-input', 'inference is to start at the guess, which is open.', {
        portId: 'guess',
        hint: 'Connect the guess, or start at zero or the prior.',
      });
    }
    if (elementCount(guess.shape) === params.d && guess.time === time) return out;
    return problem(
      'shape.mismatch',
      `the guess is ${formatTensorType(guess)}, the latent ${formatTensorType(tensorType([params.d], time))}.`,
      { portId: 'guess', hint: 'Give the guess the latent’s dimensions and length.' },
    );
  },
  lower: (context) => {
    const { builder, batch, inputs, outputTypes, params } = context;
    const { time, shape } = defined(outputTypes['z'], 'the type of z');
    const extents = [batch, ...(time === null ? [] : [time]), ...shape];
    if (startsAtGuess(params)) {
      return { z: builder.reshape(defined(inputs.maybe('guess'), 'the guess'), extents) };
    }
    const isDrawn = params.mode === 'prior' || params.init === 'prior';
    return { z: isDrawn ? context.normal('prior', extents) : builder.constant(0, extents) };
  },
  free: ({ mode, steps, evaluationSteps }) =>
    mode === 'minimize'
      ? { port: 'z', inference: 'minimize', steps, evaluationSteps, rate: 'rate' }
      : null,
  traits: ({ mode }) => ({ boundsLatent: mode === 'prior' }),
});
