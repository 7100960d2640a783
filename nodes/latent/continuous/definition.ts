import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import {
  defineNode,
  inferred,
  problem,
  type InferResult,
  type LowerContext,
  type NodeDefinition,
} from '../../../src/graph/nodeDefinition';
import type { InferenceStart, InferenceStrategy } from '../../../src/graph/inferenceStrategy';
import { formatTensorType, tensorType } from '../../../src/graph/ports';
import { elementCount, type Value } from '../../../src/ir/types';
import { drawGaussian, klToStandardNormal } from '../../shared/gaussian';
import { gridOrSamples, usualExtent } from '../../shared/inference/grid';
import { CONTINUOUS_INFERENCE } from '../../shared/inference/index';
import {
  modeParameter,
  strategyOf,
  strategyParameters,
} from '../../shared/inference/modeParameters';
import { lossOutput, tensorInput, tensorOutput } from '../../shared/ports';

/** What was found for each row of the data. */
const LAST = 'last';

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
  const isPosterior = (params: { readonly mode: string }) =>
    strategy(params).start(params) === 'posterior';
  return defineNode({
    kind: 'latent.continuous',
    category: 'latent',
    title: 'Latent',
    synonyms: ['free variable', 'z', 'code', 'inferred', 'sparse coding', 'MAP'],
    help: 'A vector that neither data nor weights give: inference finds it by descending the energy, looks at all its values, draws it, or an encoder gives it.',
    formula: String.raw`\check{z} = \arg\min_z E(x, y, z)`,
    source:
      'Dawid & LeCun 2023, §3.2 (inference by minimising or marginalising the energy) and §4.2.2 (amortised); proximal steps with the rate of Barzilai & Borwein 1988, as SpaRSA: Wright, Nowak & Figueiredo 2009',
    params: z.object({
      d: dimensions,
      mode: modeParameter(strategies),
      ...strategyParameters(strategies),
      length,
    }),
    ports: (params) => ({
      inputs: [
        tensorInput(
          'guess',
          isPosterior(params)
            ? 'Mean and log-variance of z, one behind the other: 2d numbers that an encoder gives.'
            : 'Where inference may start, such as the output of an encoder.',
          { optional: true },
        ),
      ],
      outputs: [
        tensorOutput('z', 'The latent.'),
        ...(isPosterior(params)
          ? [{ ...lossOutput('KL divergence from N(0, I).', 'kl'), term: 'KL' }]
          : []),
      ],
    }),
    time: 'aware',
    infer: ({ params, inputs }) => {
      const time = params.length === 0 ? null : params.length;
      const out = inferred({ z: tensorType([params.d], time) });
      const start = strategy(params).start(params);
      if (start !== 'guess' && start !== 'posterior') return out;
      const width = start === 'posterior' ? 2 * params.d : params.d;
      const guess = inputs.maybe('guess');
      if (!guess) return missingGuess(start, width);
      if (elementCount(guess.shape) === width && guess.time === time) return out;
      return problem(
        'shape.mismatch',
        `the guess is ${formatTensorType(guess)}, and ${formatTensorType(tensorType([width], time))} is needed.`,
        {
          portId: 'guess',
          hint:
            start === 'posterior'
              ? 'Give the encoder twice as many outputs as the latent has dimensions.'
              : 'Give the guess the latent’s dimensions and length.',
        },
      );
    },
    lower: (context) => {
      const { builder, inputs, mode, params } = context;
      const extents = extentsOf(context);
      const start = strategy(params).start(params);
      if (start === 'last' && mode === 'train') {
        return { z: builder.gather(context.statistic(LAST), context.rowNumbers()) };
      }
      if (start === 'posterior') return drawPosterior(context);
      if (mode === 'generate' || start === 'prior') return { z: context.normal('prior', extents) };
      return {
        z:
          start === 'guess'
            ? builder.reshape(defined(inputs.maybe('guess'), 'the guess'), extents)
            : builder.constant(0, extents),
      };
    },
    free: (params) => {
      const { mode, search } = strategy(params);
      if (!search) return null;
      const size = params.d * Math.max(params.length, 1);
      const remembers = strategy(params).start(params) === 'last' ? { remembers: LAST } : {};
      const domain = { kind: 'space', extent: usualExtent(params) } as const;
      return { port: 'z', mode, search, codes: gridOrSamples(size, params), domain, ...remembers };
    },
    statistics: ({ params, rows }) => {
      if (strategy(params).start(params) !== 'last' || rows === null) return [];
      const shape = [rows, ...(params.length === 0 ? [] : [params.length]), params.d];
      return [{ name: LAST, shape, initial: 0 }];
    },
    traits: (params) => ({ boundsLatent: strategy(params).boundsLatent }),
    latent: {
      posterior: (context) => (isPosterior(context.params) ? posteriorOf(context) : null),
    },
  });
}

function missingGuess(start: InferenceStart, width: number): InferResult {
  return start === 'posterior'
    ? problem('node.missing-input', 'an encoder is to give mean and log-variance, but none does.', {
        portId: 'guess',
        hint: `Connect an encoder with ${width} outputs, or find the latent in another way.`,
      })
    : problem('node.missing-input', 'inference is to start at the guess, which is open.', {
        portId: 'guess',
        hint: 'Connect the guess, or start at zero or the prior.',
      });
}

/** `[B, …]`, with time where it has a length. */
function extentsOf({ batch, outputTypes }: LowerContext<unknown>): number[] {
  const { time, shape } = defined(outputTypes['z'], 'the type of z');
  return [batch, ...(time === null ? [] : [time]), ...shape];
}

/** The guess as (μ, log σ²), each of the latent's shape. */
function posteriorOf(context: LowerContext<unknown>): { mean: Value; logVariance: Value } {
  const { builder, inputs } = context;
  const extents = extentsOf(context);
  const axis = extents.length - 1;
  const width = defined(extents[axis], 'dimensions');
  const both = builder.reshape(defined(inputs.maybe('guess'), 'the guess'), [
    ...extents.slice(0, axis),
    2 * width,
  ]);
  return {
    mean: builder.sliceAxis(both, axis, 0, width),
    logVariance: builder.sliceAxis(both, axis, width, 2 * width),
  };
}

/** A draw from N(μ, σ²) with the guess as (μ, log σ²), its mean in evaluation, and the divergence from the prior. */
function drawPosterior(context: LowerContext<unknown>): Record<'z' | 'kl', Value> {
  const { builder, mode } = context;
  const { mean, logVariance } = posteriorOf(context);
  const kl = klToStandardNormal(builder, mean, logVariance);
  if (mode === 'generate') return { z: context.normal('prior', mean.shape), kl };
  if (mode === 'evaluate') return { z: mean, kl };
  return { z: drawGaussian(context, 'sample', mean, logVariance), kl };
}

export const latentContinuous = continuousLatent(CONTINUOUS_INFERENCE);
