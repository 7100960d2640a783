import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { tensorType, type TensorType } from '../../../src/graph/ports';
import { AXIS_EXPECTATION, locateAxis, withExtent, type Axis } from '../../shared/axes';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { rowCount } from '../../shared/rows';
import { unusable } from '../../shared/shapeProblems';
import { poolAxes, windowCount } from './poolAxes';

const POOLED_AXES = {
  time: ['time'],
  space: ['rows', 'columns'],
  features: ['features'],
} as const satisfies Record<string, readonly Axis[]>;

/** What is left when one window covers all: a sequence loses its time, an image its height and width. */
function withoutPooled(over: keyof typeof POOLED_AXES, { time, shape }: TensorType): TensorType {
  if (over === 'time') return tensorType(shape);
  return tensorType(over === 'space' ? shape.slice(2) : [...shape.slice(0, -1), 1], time);
}

export const opPool = defineNode({
  kind: 'op.pool',
  category: 'op',
  title: 'Pool',
  synonyms: ['average pooling', 'max pooling', 'downsample', 'stride', 'subsample', 'coarser'],
  icon: 'minimize-2',
  help: 'Coarsens time, height and width, or features: each window of k becomes its mean, its maximum or its first; an incomplete last window is left out, except that “first” keeps every k-th from the start.',
  formula: String.raw`y_i = \mathrm{mean}\{x_{ki}, \dots, x_{ki+k-1}\}`,
  source: 'Dawid & LeCun 2023, §6.2 (coarser levels); pooling as PyTorch AvgPool and MaxPool',
  params: z.object({
    over: choiceParameter(['time', 'space', 'features'], 'time', {
      label: 'Over',
      description: 'Steps of a sequence, height and width of images, or the last axis.',
    }),
    reduce: choiceParameter(['mean', 'max', 'first'], 'mean', {
      label: 'Take',
      description: 'What stands for a window; “first” samples every k-th.',
    }),
    whole: z.boolean().default(false).meta({
      label: 'All as one window',
      description: 'Pools everything; the pooled axes go.',
      control: 'switch',
    }),
    size: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(2)
      .meta({
        label: 'Window k',
        description: 'Length of a window, and the step from one to the next.',
        range: [1, 8],
        control: 'slider',
        when: { whole: [false] },
      }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'A tensor.')],
    outputs: [tensorOutput('out', 'The coarser tensor.')],
  }),
  time: 'aware',
  infer: ({ params: { over, reduce, whole, size }, inputs }) => {
    const input = inputs.one('in');
    let type = input;
    for (const axis of POOLED_AXES[over]) {
      const located = locateAxis(axis, input);
      if (!located) return unusable('in', input, AXIS_EXPECTATION[axis]);
      const windows = windowCount(located.extent, whole ? located.extent : size, reduce);
      if (windows === 0) {
        return problem(
          'node.bad-parameter',
          `A window of ${size} is longer than ${axis}, which has ${located.extent}.`,
          { hint: `Choose a window of at most ${located.extent}, or all as one window.` },
        );
      }
      type = withExtent(axis, type, windows);
    }
    return inferred({ out: whole ? withoutPooled(over, type) : type });
  },
  lower: ({ builder, params: { over, reduce, whole, size }, inputs, inputTypes, outputTypes }) => {
    const input = inputs.one('in');
    const sizes = new Map(
      POOLED_AXES[over].map((name) => {
        const { axis, extent } = defined(locateAxis(name, inputTypes.one('in')), name);
        return [axis, whole ? extent : size];
      }),
    );
    const pooled = poolAxes(builder, input, sizes, reduce);
    const { time, shape } = defined(outputTypes['out'], 'the type of out');
    const steps = time === null ? [] : [time];
    return { out: builder.reshape(pooled, [rowCount(input), ...steps, ...shape]) };
  },
  about: ({ params: { over, reduce, whole, size }, inputs }, step) => {
    if (over !== 'time') return step;
    const window = whole ? (inputs.one('in').time ?? 1) : size;
    return window * step + (reduce === 'first' ? 0 : window - 1);
  },
  traits: () => ({ passes: 'parts' }),
});
