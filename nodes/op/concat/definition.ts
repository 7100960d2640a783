import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { tensorType, type TensorType } from '../../../src/graph/ports';
import { formatShape, sameShape } from '../../../src/ir/types';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { concatRows, concatSize } from '../../shared/rows';

function leading({ shape }: TensorType): readonly number[] {
  return shape.slice(0, -1);
}

export const opConcat = defineNode({
  kind: 'op.concat',
  category: 'op',
  title: 'Concatenate',
  synonyms: ['join', 'stack', 'cat', 'merge'],
  icon: 'combine',
  help: 'Puts tensors side by side along their last axis (features of vectors, channels of images), or as one flat vector.',
  formula: String.raw`y = [x_1, x_2, \dots]`,
  source: 'NumPy concatenate',
  params: z.object({
    axis: choiceParameter(['last', 'flat'], 'last', {
      label: 'Along',
      description: 'The last axis, or everything flattened first, whatever the shapes.',
    }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'Tensors, in order.', { variadic: true })],
    outputs: [tensorOutput('out', 'All of them as one.')],
  }),
  time: 'fold',
  infer: ({ params, inputs }) => {
    const types = inputs.all('in');
    if (params.axis === 'flat') return inferred({ out: tensorType([concatSize(types)]) });
    const first = defined(types[0], 'an input of op.concat');
    const other = types.find((type) => !sameShape(leading(type), leading(first)));
    if (other) {
      return problem(
        'shape.mismatch',
        `${formatShape(first.shape)} and ${formatShape(other.shape)} do not fit side by side: all axes but the last must agree.`,
        { portId: 'in', hint: 'Choose “flat” to flatten the inputs first.' },
      );
    }
    const last = types.reduce((total, { shape }) => total + (shape.at(-1) ?? 1), 0);
    return inferred({ out: tensorType([...leading(first), last], first.time) });
  },
  lower: ({ builder, params, inputs }) => {
    const values = inputs.all('in');
    if (params.axis === 'flat') return { out: concatRows(builder, values) };
    const rank = defined(values[0], 'an input of op.concat').shape.length;
    return { out: builder.concat(values, rank - 1) };
  },
  traits: () => ({ passes: 'everything' }),
});
