import { z } from 'zod';
import { defineNode, inferred } from '../../../src/graph/nodeDefinition';
import type { CodeSource } from '../../../src/graph/inferenceStrategy';
import { tensorType } from '../../../src/graph/ports';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { DISCRETE_INFERENCE } from '../../shared/inference/index';
import {
  modeParameter,
  strategyOf,
  strategyParameters,
} from '../../shared/inference/modeParameters';
import { choiceParameter } from '../../shared/parameters';
import { tensorOutput } from '../../shared/ports';

const strategy = ({ mode }: { readonly mode: string }) => strategyOf(DISCRETE_INFERENCE, mode);

interface Size {
  readonly form: 'one-hot' | 'binary';
  readonly k: number;
}

const MAX_BITS = 20;

export const latentDiscrete = defineNode({
  kind: 'latent.discrete',
  category: 'latent',
  title: 'Discrete latent',
  synonyms: [
    'categorical',
    'one-hot',
    'cluster',
    'mixture',
    'K-means',
    'code',
    'softmax',
    'free variable',
  ],
  icon: 'list-ordered',
  help: 'A latent with finitely many values, all of which are looked at: one of K as a one-hot code, or K units that are 0 or 1. It is bounded by what it is.',
  formula: String.raw`\begin{gathered} \check{z} = \arg\min_{z \in \mathcal{Z}} E(x, y, z) \\ F_\beta = -\tfrac{1}{\beta} \log \textstyle\sum_{z \in \mathcal{Z}} e^{-\beta E(x, y, z)} \end{gathered}`,
  source:
    'Dawid & LeCun 2023, §3.2 and §4.2.1 (3) and (4); marginalised by a sum over the codes, not a mean',
  params: z.object({
    k: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(10)
      .meta({
        label: 'Codes K',
        description: 'Number of codes, or of binary units, which have 2ᴷ.',
        range: [2, 64],
        control: 'slider',
      }),
    form: choiceParameter(['one-hot', 'binary'], 'one-hot', {
      label: 'Form',
      description: 'A one-hot code of K numbers, or K units that are 0 or 1 each.',
    }),
    mode: modeParameter(DISCRETE_INFERENCE),
    ...strategyParameters(DISCRETE_INFERENCE),
  }),
  ports: () => ({ inputs: [], outputs: [tensorOutput('z', 'The code.')] }),
  time: 'aware',
  infer: ({ params }) => inferred({ z: tensorType([params.k]) }),
  lower: (context) => {
    const { builder, batch, params } = context;
    const drawn = context.uniform('prior', [batch, params.form === 'binary' ? params.k : 1]);
    if (params.form === 'binary') {
      return { z: builder.cast(builder.compare('lt', drawn, 0.5), 'f32') };
    }
    const chosen = builder.unary('floor', builder.mul(drawn, params.k));
    return { z: oneHot(builder, chosen, [batch, params.k]) };
  },
  free: (params) => {
    const { mode, search } = strategy(params);
    const domain = { kind: params.form, size: params.k } as const;
    return search && { port: 'z', mode, search, codes: codesOf(params), domain };
  },
  traits: () => ({ boundsLatent: true }),
  latent: { isCode: ({ form }) => form === 'one-hot' },
});

function codesOf({ form, k }: Size): CodeSource {
  if (form === 'one-hot') {
    return {
      count: k,
      make: ({ builder }) => ({
        points: oneHot(builder, asFloats(builder, [k, 1]), [k, k]),
        logMeasure: 0,
      }),
    };
  }
  const count = 2 ** k;
  return {
    count,
    make: ({ builder }) => ({ points: binaryCodes(builder, Math.min(k, MAX_BITS)), logMeasure: 0 }),
  };
}

/** The row number of each row. */
function asFloats(builder: Builder, shape: readonly number[]): Value {
  return builder.cast(builder.iota(shape, 0), 'f32');
}

/** `[rows, 1]` numbers to `[rows, K]`, 1 in the column of that number. */
function oneHot(builder: Builder, numbers: Value, shape: readonly number[]): Value {
  const columns = builder.cast(builder.iota(shape, 1), 'f32');
  const rows = builder.broadcast(numbers, shape, [0, 1]);
  return builder.cast(builder.compare('eq', rows, columns), 'f32');
}

/** `[2ᵏ, k]`: the digits of the row's number to base 2, the first one that of 1. */
function binaryCodes(builder: Builder, k: number): Value {
  const count = 2 ** k;
  let rest = asFloats(builder, [count, 1]);
  const digits = Array.from({ length: k }, () => {
    const half = builder.unary('floor', builder.mul(rest, 0.5));
    const digit = builder.sub(rest, builder.mul(half, 2));
    rest = half;
    return digit;
  });
  return builder.concat(digits, 1);
}
