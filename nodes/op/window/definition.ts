import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { unusable } from '../../shared/shapeProblems';

/** How many windows of `size` steps begin at every `stride`-th step and are complete. */
function windowCount(length: number, size: number, stride: number): number {
  return length < size ? 0 : Math.floor((length - size) / stride) + 1;
}

/** Steps `first`, `first + stride`, …, `count` of them: `[B, T, …]` → `[B, count, …]`. */
function everyStep(
  builder: Builder,
  x: Value,
  first: number,
  stride: number,
  count: number,
): Value {
  if (stride === 1) return builder.sliceAxis(x, 1, first, first + count);
  const [rows = 1, length = 1, ...shape] = x.shape;
  // The last one need not have a whole stride after it.
  const end = first + count * stride;
  const cut = builder.sliceAxis(x, 1, first, Math.min(end, length));
  const none = cut.shape.map(() => 0);
  const whole = builder.pad(cut, none, none.with(1, Math.max(0, end - length)));
  const split = builder.reshape(whole, [rows, count, stride, ...shape]);
  return builder.reshape(builder.sliceAxis(split, 2, 0, 1), [rows, count, ...shape]);
}

export const opWindow = defineNode({
  kind: 'op.window',
  category: 'op',
  title: 'Window',
  synonyms: ['frame stacking', 'unfold', 'macro-action', 'history'],
  icon: 'gallery-horizontal-end',
  help: 'Makes one step of several that follow each other: frames in which a speed can be seen, or actions that are one macro-action. They are put side by side along the last axis, oldest first (features of vectors, channels of images); an incomplete last window is left out.',
  formula: String.raw`y_i = [x_{si}, x_{si+1}, \dots, x_{si+k-1}]`,
  source:
    'Stacked frames: Mnih et al. 2015, Human-level control through deep reinforcement learning, Methods; macro-actions: LeCun 2022, A Path Towards Autonomous Machine Intelligence, §4.6 (hierarchical planning)',
  params: z.object({
    size: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(2)
      .meta({
        label: 'Window k',
        description: 'Steps in a window.',
        range: [1, 8],
        control: 'slider',
      }),
    stride: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .meta({
        label: 'Stride s',
        description:
          'From the start of one window to that of the next: 1 for all windows, k for windows that follow each other.',
        range: [1, 8],
        control: 'slider',
      }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'A sequence.')],
    outputs: [tensorOutput('out', 'A sequence of its windows.')],
  }),
  time: 'aware',
  infer: ({ params: { size, stride }, inputs }) => {
    const input = inputs.one('in');
    if (input.time === null) return unusable('in', input, 'a sequence, with a time axis');
    const [last] = input.shape.slice(-1);
    if (last === undefined) return unusable('in', input, 'steps with a last axis');
    const count = windowCount(input.time, size, stride);
    if (count === 0) {
      return problem(
        'node.bad-parameter',
        `A window of ${size} is longer than a sequence of ${input.time}.`,
        { hint: `Choose a window of at most ${input.time}.` },
      );
    }
    return inferred({ out: tensorType(input.shape.with(-1, size * last), count) });
  },
  lower: ({ builder, params: { size, stride }, inputs, outputTypes }) => {
    const input = inputs.one('in');
    const count = defined(outputTypes['out']?.time, 'the number of windows');
    const steps = Array.from({ length: size }, (_, offset) =>
      everyStep(builder, input, offset, stride, count),
    );
    return { out: builder.concat(steps, input.shape.length - 1) };
  },
  about: ({ params: { size, stride } }, step) => stride * step + size - 1,
  // With a stride of 1 each step is in a window; otherwise steps at the end, or between windows, may be in none.
  traits: ({ stride }) => ({ passes: stride === 1 ? 'everything' : 'parts' }),
});
