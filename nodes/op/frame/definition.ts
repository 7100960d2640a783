import { z } from 'zod';
import { defineNode, inferred, problem } from '../../../src/graph/nodeDefinition';
import { tensorType } from '../../../src/graph/ports';
import { tensorInput, tensorOutput } from '../../shared/ports';
import { unusable } from '../../shared/shapeProblems';

/** Step number from 0, of a number that counts from the end when it is negative. */
function resolveStep(step: number, length: number): number {
  return step < 0 ? length + step : step;
}

export const opFrame = defineNode({
  kind: 'op.frame',
  category: 'op',
  title: 'Frame',
  synonyms: ['index', 'time step', 'select', 'last step'],
  icon: 'frame',
  help: 'Picks one step of a sequence; the time axis goes.',
  formula: String.raw`y = x_t`,
  source: 'Indexing of one step, as x[:, t] in NumPy',
  params: z.object({
    step: z
      .number()
      .int()
      .min(-10_000)
      .max(10_000)
      .default(-1)
      .meta({
        label: 'Step',
        description: 'From 0; negative numbers count from the end, so −1 is the last.',
        range: [-10, 10],
        control: 'number',
      }),
  }),
  ports: () => ({
    inputs: [tensorInput('in', 'A sequence.')],
    outputs: [tensorOutput('out', 'One step of it.')],
  }),
  time: 'aware',
  infer: ({ params, inputs }) => {
    const input = inputs.one('in');
    if (input.time === null) return unusable('in', input, 'a sequence, with a time axis');
    const step = resolveStep(params.step, input.time);
    if (step < 0 || step >= input.time) {
      return problem(
        'node.bad-parameter',
        `There is no step ${params.step} in a sequence of ${input.time}.`,
        { hint: `Choose 0 to ${input.time - 1}, or −1 to −${input.time} from the end.` },
      );
    }
    return inferred({ out: tensorType(input.shape) });
  },
  lower: ({ builder, params, inputs }) => {
    const input = inputs.one('in');
    const [rows = 1, length = 1, ...shape] = input.shape;
    const step = resolveStep(params.step, length);
    const frame = builder.sliceAxis(input, 1, step, step + 1);
    return { out: builder.reshape(frame, [rows, ...shape]) };
  },
  about: ({ params, inputs }) => resolveStep(params.step, inputs.one('in').time ?? 1),
  traits: () => ({ passes: 'parts' }),
});
