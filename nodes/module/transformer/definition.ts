import { z } from 'zod';
import {
  defineNode,
  inferred,
  problem,
  type InferContext,
  type InferResult,
} from '../../../src/graph/nodeDefinition';
import { tensorType, type TensorType } from '../../../src/graph/ports';
import type { Value } from '../../../src/ir/types';
import { activate } from '../../shared/activation';
import { applyLinear } from '../../shared/linear';
import {
  modulePorts,
  moduleTitle,
  outputWidthParameter,
  ROLE_DEFAULTS,
  roleParameter,
} from '../../shared/modules';
import { normalise } from '../../shared/normalisation';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';
import { tooLarge } from '../../shared/shapeProblems';
import { attend } from './attention';
import {
  embedding,
  FINAL_NORM,
  MASK_TOKEN,
  transformerBlocks,
  transformerWeights,
  type TransformerSize,
} from './layers';
import { hiddenTokens, tokenMaskProblem, withoutHidden } from './mask';
import { divisors, joinTokens, tokenLayout, tokenProblem } from './tokens';

/** An integer from `least` to `most` with a slider up to `usual`. */
function count(
  initial: number,
  [least, usual, most]: readonly [number, number, number],
  meta: { label: string; description: string },
) {
  const range = [least, usual] as const;
  return z
    .number()
    .int()
    .min(least)
    .max(most)
    .default(initial)
    .meta({ ...meta, range, control: 'slider' });
}

const parameters = z.object({
  role: roleParameter('encoder'),
  patch: count(4, [1, 16, 256], {
    label: 'Patch',
    description: 'Height and width of the patches that an image is cut into, in pixels.',
  }),
  width: outputWidthParameter({ description: '. Each token has as many.' }),
  depth: count(2, [1, 8, 32], { label: 'Depth', description: 'Number of blocks.' }),
  heads: count(4, [1, 16, 256], {
    label: 'Heads',
    description: 'Attentions side by side in a block; they share the width equally.',
  }),
  expansion: count(4, [1, 8, 16], {
    label: 'MLP expansion',
    description: 'Width of the hidden layer in a block, as a multiple of the width.',
  }),
  output: choiceParameter(['mean', 'tokens'], 'mean', {
    label: 'Output',
    description: 'The mean of the tokens, or all of them.',
  }),
  masked: choiceParameter(['no', 'absent', 'replaced'], 'no', {
    label: 'Masked tokens',
    description:
      'There are none, or those that a mask hides are as if they were not there, or a trained vector stands in for them, of which only the position says what it is.',
  }),
});

type Params = z.infer<typeof parameters>;

function sizeOf({ role, width, depth, expansion }: Params): TransformerSize {
  return { width: width ?? ROLE_DEFAULTS[role].width, depth, expansion };
}

function layoutOf({ params, inputs }: InferContext<Params>) {
  return tokenLayout(inputs.all('in'), params.patch);
}

/** What is wrong with the mask, or null. */
function maskProblem({ params, inputs }: InferContext<Params>): InferResult | null {
  const mask = inputs.maybe('mask');
  return mask ? tokenMaskProblem(mask, inputs.all('in'), params.patch) : null;
}

function outputType(context: InferContext<Params>): TensorType {
  const { tokens, overTime, time } = layoutOf(context);
  const { width } = sizeOf(context.params);
  if (context.params.output === 'mean') return tensorType([width], time);
  return overTime ? tensorType([width], tokens) : tensorType([tokens, width], time);
}

/** What is wrong with the parameters, or null. */
function sizeProblem(context: InferContext<Params>): InferResult | null {
  const { heads } = context.params;
  const { tokens, features } = layoutOf(context);
  const { width, expansion } = sizeOf(context.params);
  if (width % heads > 0) {
    const fitting = divisors(width).filter((number) => number <= 16);
    return problem(
      'node.bad-parameter',
      `${heads} heads cannot share a width of ${width} equally.`,
      { hint: `Choose ${fitting.join(', ')} heads, or a multiple of ${heads} as the width.` },
    );
  }
  const largest = width * Math.max(features, 3 * width, expansion * width, tokens);
  return (
    tooLarge('The largest weight array', largest, 'Choose a smaller width.') ??
    tooLarge(
      'The attention of each token to each',
      heads * tokens ** 2,
      'Choose larger patches, or pool the input.',
    )
  );
}

export const moduleTransformer = defineNode({
  kind: 'module.transformer',
  category: 'module',
  title: 'Transformer',
  synonyms: [
    'attention',
    'self-attention',
    'ViT',
    'vision transformer',
    'MAE',
    'I-JEPA',
    'tokens',
    'patches',
    'softmax',
  ],
  icon: 'waypoints',
  help: 'Tokens that attend to each other: a linear embedding with learned positions, blocks of self-attention and an MLP with GELU, each after a layer norm and added to its input, then a last layer norm. The tokens are the patches of an image, the vectors of a list n × d, or, where a sequence has one vector a step, its steps; images and lists in a sequence are taken step by step. A mask may take tokens away, as a vision transformer’s encoder of what is visible needs, or have them guessed. Linear layers start uniform within ±1/√inputs.',
  formula: String.raw`\begin{aligned} Q, K, V &= \mathrm{norm}(h)\,W_{QKV} \\ h &\leftarrow h + \mathrm{softmax}\!\left(\tfrac{Q K^\top}{\sqrt d}\right) V\,W \\ h &\leftarrow h + \mathrm{MLP}(\mathrm{norm}(h)) \end{aligned}`,
  source:
    'Vaswani et al. 2017, Attention is all you need, Eq. 1; Dosovitskiy et al. 2021, An image is worth 16×16 words, Eq. 1–4; layers as PyTorch nn.TransformerEncoderLayer(norm_first=True); masked: He et al. 2022 (MAE), §3, Assran et al. 2023 (I-JEPA), §3',
  params: parameters,
  titleFor: ({ role }) => moduleTitle(role, 'Transformer'),
  ports: ({ masked }) => {
    const { inputs, outputs } = modulePorts(
      'Images, lists of vectors or a sequence of vectors: they are joined token by token. A vector beside them goes to every token.',
    );
    const mask = tensorInput(
      'mask',
      '1 where a token is hidden, 0 elsewhere: a number or more for each token, or an image with the pixels of its patches.',
    );
    return { inputs: masked === 'no' ? inputs : [...inputs, mask], outputs };
  },
  time: 'aware',
  infer: (context) =>
    tokenProblem(context.inputs.all('in'), context.params.patch) ??
    maskProblem(context) ??
    sizeProblem(context) ??
    inferred({ out: outputType(context) }),
  weights: (context) =>
    transformerWeights(
      layoutOf(context),
      sizeOf(context.params),
      context.params.masked === 'replaced',
    ),
  lower: (context) => {
    const { builder, inputs, inputTypes, params } = context;
    const size = sizeOf(params);
    const joined = joinTokens(builder, inputs.all('in'), inputTypes.all('in'), params.patch);
    const [rows = 1, tokens = 1, features = 1] = joined.shape;
    const mask = inputs.maybe('mask');
    const hidden = mask && hiddenTokens(builder, mask, inputTypes.one('mask'), params.patch);
    const absent = params.masked === 'absent' ? hidden : null;
    /** Every token of every row is a row of its own, except while they attend to each other. */
    const flat = [rows * tokens, size.width];
    const norm = (prefix: string, x: Value): Value => normalise(context, 'layer', prefix, x);

    const first = embedding({ features }, size);
    const embedded = applyLinear(context, first, builder.reshape(joined, [flat[0] ?? 1, features]));
    const content = builder.reshape(embedded, [rows, tokens, size.width]);
    const given =
      hidden && params.masked === 'replaced'
        ? builder.select(
            builder.broadcast(hidden, content.shape, [0, 1]),
            builder.broadcast(context.weight(MASK_TOKEN), content.shape, [2]),
            content,
          )
        : content;
    const placed = builder.add(given, context.weight('position'));
    let h = builder.reshape(placed, flat);
    for (const block of transformerBlocks(size)) {
      const asked = applyLinear(context, block.attention, norm(block.attentionNorm, h));
      const mixed = attend(builder, asked, { rows, tokens, heads: params.heads }, absent);
      h = builder.add(h, applyLinear(context, block.projection, mixed));
      const hidden = applyLinear(context, block.hidden, norm(block.mlpNorm, h));
      h = builder.add(h, applyLinear(context, block.output, activate(builder, 'gelu', hidden)));
    }
    const last = builder.reshape(norm(FINAL_NORM, h), [rows, tokens, size.width]);
    const shown = absent ? withoutHidden(builder, last, absent) : { tokens: last, mean: builder.mean(last, [1]) }; // prettier-ignore
    const result = params.output === 'mean' ? shown.mean : shown.tokens;
    const { time, shape } = outputType({ params, inputs: inputTypes });
    const batch = rowCount(inputs.all('in')[0] ?? result);
    return { out: builder.reshape(result, [batch, ...(time === null ? [] : [time]), ...shape]) };
  },
});
