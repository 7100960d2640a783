import { z } from 'zod';
import { formatWhole } from '../../../src/core/formatNumber';
import { list } from '../../../src/core/schemas';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { elementCount, formatShape, type Shape } from '../../../src/ir/types';
import { widthSchema } from '../../shared/modules';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';

/** An empty shape asks for a vector of all numbers. */
function target(shape: Shape, from: Shape): Shape {
  return shape.length > 0 ? shape : [elementCount(from)];
}

export const opReshape = defineNode({
  kind: 'op.reshape',
  category: 'op',
  title: 'Reshape',
  synonyms: ['view', 'image from vector', 'unflatten'],
  icon: 'shapes',
  help: 'Gives the numbers of a tensor another shape, in row-major order: a vector becomes an image, or an image a vector. Time is kept.',
  formula: String.raw`\mathrm{vec}(y) = \mathrm{vec}(x)`,
  source: 'NumPy reshape, order C, of each sample',
  params: z.object({
    shape: list(widthSchema, { max: 4 }).default([]).meta({
      label: 'Shape',
      description: 'Such as 8, 8, 1 for an image. Empty makes a vector.',
      control: 'widths',
    }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'Any tensor.')],
    outputs: [tensorOutput('out', 'The same numbers in the other shape.')],
  }),
  time: 'fold',
  infer: ({ params, inputs }) => {
    const input = inputs.one('in');
    const shape = target(params.shape, input.shape);
    const [have, want] = [elementCount(input.shape), elementCount(shape)];
    return have === want
      ? inferred({ out: tensorType(shape) })
      : problem(
          'shape.mismatch',
          `${formatShape(input.shape)} has ${formatWhole(have)} numbers and ${formatShape(shape)} has ${formatWhole(want)}.`,
          { portId: 'in', hint: `Choose a shape of ${formatWhole(have)} numbers in all.` },
        );
  },
  lower: ({ builder, params, inputs }) => {
    const input = inputs.one('in');
    const shape = target(params.shape, input.shape.slice(1));
    return { out: builder.reshape(input, [rowCount(input), ...shape]) };
  },
  traits: () => ({ passes: 'everything' }),
});
