import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { AXES, AXIS_EXPECTATION, locateAxis, withExtent } from '../../shared/axes';
import { choiceParameter } from '../../shared/parameters';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { unusable } from '../../shared/shapeProblems';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Bounds from 0: a negative start, and an end of 0 or less, count from the end of the axis. */
function resolveSpan({ start, end }: Span, extent: number): Span {
  return {
    start: start < 0 ? extent + start : start,
    end: end <= 0 ? extent + end : end,
  };
}

export const opSlice = defineNode({
  kind: 'op.slice',
  category: 'op',
  title: 'Slice',
  synonyms: ['crop', 'cut', 'range', 'index', 'split'],
  icon: 'scissors',
  help: 'Cuts a span out of one axis: steps of a sequence, features of a vector, rows or columns of an image.',
  formula: String.raw`y = x_{s:e}`,
  source: 'Slicing of one axis, as x[:, s:e] in NumPy',
  params: z.object({
    axis: choiceParameter(AXES, 'time', {
      label: 'Along',
      description: 'Time, the last axis, or height or width of images.',
    }),
    start: z
      .number()
      .int()
      .min(-100_000)
      .max(100_000)
      .default(0)
      .meta({
        label: 'Start',
        description: 'The first that is kept, from 0; negative numbers count from the end.',
        range: [-10, 10],
        control: 'number',
      }),
    end: z
      .number()
      .int()
      .min(-100_000)
      .max(100_000)
      .default(0)
      .meta({
        label: 'End',
        description:
          'The first that is not kept; 0 and less count from the end, so 0 keeps the last and −1 drops it.',
        range: [-10, 10],
        control: 'number',
      }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'A tensor.')],
    outputs: [tensorOutput('out', 'A span of it.')],
  }),
  time: 'aware',
  infer: ({ params, inputs }) => {
    const input = inputs.one('in');
    const located = locateAxis(params.axis, input);
    if (!located) return unusable('in', input, AXIS_EXPECTATION[params.axis]);
    const { extent } = located;
    const { start, end } = resolveSpan(params, extent);
    if (start < 0 || end > extent || start >= end) {
      return problem(
        'node.bad-parameter',
        `From ${params.start} to ${params.end} leaves nothing usable of ${extent}: it means ${start} to ${end}.`,
        { hint: `Choose a start before the end, both within 0 to ${extent}.` },
      );
    }
    return inferred({ out: withExtent(params.axis, input, end - start) });
  },
  lower: ({ builder, params, inputs, inputTypes }) => {
    const { axis, extent } = defined(locateAxis(params.axis, inputTypes.one('in')), params.axis);
    const { start, end } = resolveSpan(params, extent);
    return { out: builder.sliceAxis(inputs.one('in'), axis, start, end) };
  },
  about: ({ params, inputs }, step) => {
    const located = locateAxis(params.axis, inputs.one('in'));
    return params.axis === 'time' && located
      ? resolveSpan(params, located.extent).start + step
      : step;
  },
  traits: () => ({ passes: 'parts' }),
});
