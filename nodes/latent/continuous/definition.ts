import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type NodeDefinition,
} from '../../../src/graph/nodeDefinition';
import type { InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { formatTensorType, tensorType } from '../../../src/graph/ports';
import { elementCount } from '../../../src/ir/types';
import { CONTINUOUS_INFERENCE } from '../../shared/inference/index';
import {
  modeParameter,
  strategyOf,
  strategyParameters,
} from '../../shared/inference/modeParameters';
import { tensorInput, tensorOutput } from '../../shared/ports';

const dimensions = z
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
  });

const length = z
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
  });

/** The latent that may be found in any of these ways, the first one by default. */
export function continuousLatent(strategies: readonly InferenceStrategy[]): NodeDefinition {
  const strategy = ({ mode }: { readonly mode: string }) => strategyOf(strategies, mode);
  return defineNode({
    kind: 'latent.continuous',
    category: 'latent',
    title: 'Latent',
    help: 'A vector that neither data nor weights give: inference finds it by descending the energy, or it is drawn from the standard normal.',
    formula: String.raw`\check{z} = \arg\min_z E(x, y, z)`,
    source:
      'Dawid & LeCun 2023, §3.2 (inference by minimising the energy); proximal steps with the rate of Barzilai & Borwein 1988, as SpaRSA: Wright, Nowak & Figueiredo 2009',
    params: z.object({
      d: dimensions,
      mode: modeParameter(strategies),
      ...strategyParameters(strategies),
      length,
    }),
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
      if (strategy(params).start(params) !== 'guess') return out;
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
      const start = strategy(params).start(params);
      if (start === 'guess') {
        return { z: builder.reshape(defined(inputs.maybe('guess'), 'the guess'), extents) };
      }
      const isDrawn = start === 'prior';
      return { z: isDrawn ? context.normal('prior', extents) : builder.constant(0, extents) };
    },
    free: (params) => {
      const { mode, search } = strategy(params);
      return search && { port: 'z', mode, search };
    },
    traits: (params) => ({ boundsLatent: strategy(params).boundsLatent }),
  });
}

export const latentContinuous = continuousLatent(CONTINUOUS_INFERENCE);
