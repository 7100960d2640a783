import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, type LowerContext } from '../../../src/graph/nodeDefinition';
import { elementCount, type Value } from '../../../src/ir/types';
import { isImage } from '../../shared/images';
import { choiceParameter, inEvaluationParameter } from '../../shared/parameters';
import { tensorOutput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';
import { unusable } from '../../shared/shapeProblems';
import { VIEW_PORTS } from '../../shared/views';
import { drawMask } from './drawMask';

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
    }),
  unit: choiceParameter(['number', 'patch'], 'number', {
    label: 'Mask',
    description: 'Single numbers, or square patches of an image with all channels.',
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
      when: { unit: ['patch'] },
    }),
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

/** Which numbers of `[rows, …shape]` are masked: bool, of the same shape. */
function maskOf(context: Context, input: Value): Value {
  const { builder, params } = context;
  const rows = rowCount(input);
  if (params.unit === 'number') {
    const size = elementCount(input.shape.slice(1));
    return builder.reshape(drawMask(context, rows, size), input.shape);
  }
  const [height, width] = [defined(input.shape[1], 'height'), defined(input.shape[2], 'width')];
  const [down, across] = [Math.ceil(height / params.patch), Math.ceil(width / params.patch)];
  const patches = builder.reshape(drawMask(context, rows, down * across), [rows, down, across]);
  const pixels = builder.reshape(
    builder.broadcast(patches, [rows, down, params.patch, across, params.patch], [0, 1, 3]),
    [rows, down * params.patch, across * params.patch],
  );
  const within = builder.slice(pixels, [0, 0, 0], [rows, height, width]);
  return builder.broadcast(within, input.shape, [0, 1, 2]);
}

export const viewMask = defineNode({
  kind: 'view.mask',
  category: 'view',
  title: 'Mask',
  icon: 'grid-2x2-x',
  help: 'Hides a random part of each sample, numbers or patches of an image, and says which: the mask is 1 where something is hidden, so that an energy with this mask counts what had to be guessed, as a masked autoencoder’s does.',
  formula: String.raw`\tilde{x}_i = (1 - m_i)\,x_i + m_i f, \quad m_i \in \{0, 1\}, \quad \tfrac{1}{D} \sum_i m_i = r`,
  source:
    'He et al. 2022 (MAE), §3: random sampling of patches without replacement, loss on masked patches only; Dawid & LeCun 2023, §5.3',
  params: parameters,
  ports: () => ({
    inputs: VIEW_PORTS.inputs,
    outputs: [
      tensorOutput('out', 'The same with a part hidden: anew in each step and each sample.'),
      {
        ...tensorOutput('mask', '1 where a number is hidden, 0 elsewhere; of the same shape.'),
        lostInBypass: true,
      },
    ],
  }),
  time: 'fold',
  infer: ({ inputs, params }) => {
    const input = inputs.one('in');
    return params.unit === 'number' || isImage(input)
      ? inferred({ out: input, mask: input })
      : unusable(
          'in',
          input,
          'an image, height × width × channels',
          'Mask single numbers of what is no image.',
        );
  },
  lower: (context) => {
    const { builder, inputs, mode, params } = context;
    const input = inputs.one('in');
    // Not acting, it hides nothing.
    if (mode !== 'train' && !params.inEvaluation) {
      return { out: input, mask: builder.constant(0, input.shape) };
    }
    const masked = maskOf(context, input);
    return {
      out: builder.select(masked, builder.broadcastTo(context.live('fill'), input.shape), input),
      mask: builder.cast(masked, 'f32'),
    };
  },
  traits: ({ ratio }) => ({ corrupts: ratio > 0 }),
});
