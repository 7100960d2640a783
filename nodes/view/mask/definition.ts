import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, type LowerContext } from '../../../src/graph/nodeDefinition';
import { elementCount, type Shape, type Value } from '../../../src/ir/types';
import { tensorType } from '../../../src/graph/ports';
import { isImage } from '../../shared/images';
import { choiceParameter, inEvaluationParameter } from '../../shared/parameters';
import { tensorOutput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';
import { unusable } from '../../shared/shapeProblems';
import { VIEW_PORTS } from '../../shared/views';
import { drawBlocks } from './drawBlocks';
import { drawMask } from './drawMask';

/** A bound on the area of a block, as a part of the image's. */
function blockPart(initial: number, label: string, description: string) {
  return z
    .number()
    .min(0)
    .max(1)
    .default(initial)
    .meta({
      label,
      description,
      live: true,
      range: [0.05, 1],
      control: 'slider',
      when: { unit: ['blocks'] },
    });
}

const parameters = z.object({
  ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0.75)
    .meta({
      label: 'Mask ratio',
      description:
        'The part that is masked: exactly, rounded to whole numbers or patches, where a sample has up to 256 of them; of more, each by this chance.',
      live: true,
      range: [0, 1],
      control: 'slider',
      when: { unit: ['number', 'patch'] },
    }),
  unit: choiceParameter(['number', 'patch', 'blocks'], 'number', {
    label: 'Mask',
    description:
      'Single numbers, square patches of an image with all channels, or blocks of neighbouring patches.',
  }),
  patch: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(2)
    .meta({
      label: 'Patch size',
      description:
        'Height and width of a patch in pixels; the last ones are smaller where it does not divide the image.',
      range: [1, 16],
      control: 'slider',
      when: { unit: ['patch', 'blocks'] },
    }),
  blocks: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(4)
    .meta({
      label: 'Blocks',
      description: 'Rectangles in an image; they may overlap.',
      range: [1, 8],
      control: 'slider',
      when: { unit: ['blocks'] },
    }),
  smallest: blockPart(0.15, 'Smallest block', 'The least part of the image that a block covers.'),
  largest: blockPart(0.2, 'Largest block', 'The greatest part of the image that a block covers.'),
  fill: z
    .number()
    .min(-1e6)
    .max(1e6)
    .default(0)
    .meta({
      label: 'Fill',
      description: 'What stands in a masked place.',
      live: true,
      range: [-1, 1],
      control: 'number',
    }),
  inEvaluation: inEvaluationParameter(true),
});

type Context = LowerContext<z.infer<typeof parameters>>;

/** How many patches an image is cut into, down and across; the last ones may be smaller. */
function gridOf({ shape }: { readonly shape: Shape }, patch: number) {
  const [height = 1, width = 1] = shape;
  return { down: Math.ceil(height / patch), across: Math.ceil(width / patch) };
}

/** Which patches of `[rows, H, W, C]` are masked: bool `[rows, down, across]`. */
function maskedPatches(context: Context, input: Value): Value {
  const { builder, params } = context;
  const rows = rowCount(input);
  const { down, across } = gridOf({ shape: input.shape.slice(1) }, params.patch);
  if (params.unit === 'blocks') return drawBlocks(context, { rows, down, across });
  return builder.reshape(drawMask(context, rows, down * across), [rows, down, across]);
}

/** Masks of patches as one of every number of `[rows, H, W, C]`: bool. */
function toNumbers({ builder, params: { patch } }: Context, masked: Value, input: Value): Value {
  const [rows = 1, down = 1, across = 1] = masked.shape;
  const [height, width] = [defined(input.shape[1], 'height'), defined(input.shape[2], 'width')];
  const pixels = builder.reshape(
    builder.broadcast(masked, [rows, down, patch, across, patch], [0, 1, 3]),
    [rows, down * patch, across * patch],
  );
  const within = builder.slice(pixels, [0, 0, 0], [rows, height, width]);
  return builder.broadcast(within, input.shape, [0, 1, 2]);
}

export const viewMask = defineNode({
  kind: 'view.mask',
  category: 'view',
  title: 'Mask',
  synonyms: [
    'MAE',
    'I-JEPA',
    'patches',
    'blocks',
    'hide',
    'context',
    'target',
    'masking',
    'augmentation',
  ],
  icon: 'grid-2x2-x',
  help: 'Hides a random part of each sample, numbers, patches or blocks of an image, and says which: the mask is 1 where something is hidden, so that an energy with this mask counts what had to be guessed, as a masked autoencoder’s does. Blocks are rectangles of patches with an aspect ratio from 0.75 to 1.5, each of a size of its own.',
  formula: String.raw`\tilde{x}_i = (1 - m_i)\,x_i + m_i f, \quad m_i \in \{0, 1\}, \quad \tfrac{1}{D} \sum_i m_i = r`,
  source:
    'He et al. 2022 (MAE), §3: random sampling of patches without replacement, loss on masked patches only; blocks: Assran et al. 2023 (I-JEPA), §3; Dawid & LeCun 2023, §5.3',
  params: parameters,
  ports: ({ unit }) => ({
    inputs: VIEW_PORTS.inputs,
    outputs: [
      tensorOutput('out', 'The same with a part hidden: anew in each step and each sample.'),
      {
        ...tensorOutput('mask', '1 where a number is hidden, 0 elsewhere; of the same shape.'),
        lostInBypass: true,
      },
      ...(unit === 'number'
        ? []
        : [
            {
              ...tensorOutput('tokens', '1 where a patch is hidden, 0 elsewhere: the list of patches, row by row.'), // prettier-ignore
              lostInBypass: true,
            },
          ]),
    ],
  }),
  time: 'fold',
  infer: ({ inputs, params }) => {
    const input = inputs.one('in');
    if (params.unit === 'number') return inferred({ out: input, mask: input });
    if (!isImage(input)) {
      return unusable(
        'in',
        input,
        'an image, height × width × channels',
        'Mask single numbers of what is no image.',
      );
    }
    const { down, across } = gridOf(input, params.patch);
    return inferred({ out: input, mask: input, tokens: tensorType([down * across, 1]) });
  },
  lower: (context): Readonly<Record<string, Value>> => {
    const { builder, inputs, mode, params } = context;
    const input = inputs.one('in');
    const rows = rowCount(input);
    // Not acting, it hides nothing.
    const acts = mode === 'train' || params.inEvaluation;
    const hidden = (masked: Value): Value =>
      builder.select(masked, builder.broadcastTo(context.live('fill'), input.shape), input);
    if (params.unit === 'number') {
      if (!acts) return { out: input, mask: builder.constant(0, input.shape) };
      const size = elementCount(input.shape.slice(1));
      const masked = builder.reshape(drawMask(context, rows, size), input.shape);
      return { out: hidden(masked), mask: builder.cast(masked, 'f32') };
    }
    const { down, across } = gridOf({ shape: input.shape.slice(1) }, params.patch);
    const list = [rows, down * across, 1];
    if (!acts) {
      return { out: input, mask: builder.constant(0, input.shape), tokens: builder.constant(0, list) }; // prettier-ignore
    }
    const patches = maskedPatches(context, input);
    const masked = toNumbers(context, patches, input);
    return {
      out: hidden(masked),
      mask: builder.cast(masked, 'f32'),
      tokens: builder.reshape(builder.cast(patches, 'f32'), list),
    };
  },
  traits: ({ unit, ratio }) => ({ corrupts: unit === 'blocks' || ratio > 0 }),
});
