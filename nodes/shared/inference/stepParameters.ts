import { z } from 'zod';
import type {
  InferenceProblem,
  InferenceStart,
  StepCount,
} from '../../../src/graph/inferenceStrategy';
import { choiceParameter } from '../parameters';

const STARTS = ['zero', 'prior', 'guess', 'last'] as const;

/** Parameters of strategies that take steps. */
export const STEP_PARAMETERS = {
  steps: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(10)
    .meta({
      label: 'Steps',
      description: 'Gradient steps of inference in each training step.',
      range: [1, 100],
      control: 'slider',
    }),
  evaluationSteps: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(40)
    .meta({
      label: 'Steps in evaluation',
      description: 'Gradient steps of inference on held-out data.',
      range: [1, 400],
      control: 'slider',
    }),
  rate: z
    .number()
    .min(0)
    .max(1e4)
    .default(0.1)
    .meta({
      label: 'Rate',
      description:
        'Size of a step. In minimisation that of the first: each sample’s further ones follow the curvature that it meets, and are shortened where its energy would rise.',
      live: true,
      range: [0.001, 10],
      scale: 'log',
      control: 'slider',
    }),
  init: choiceParameter(STARTS, 'zero', {
    label: 'Start',
    description:
      'Where inference starts: at zero, at a draw from N(0, I), at the guess, or where it ended the last time for the same row of the data.',
  }),
};

export function startOf({ init }: Readonly<Record<string, unknown>>): InferenceStart {
  return STARTS.find((start) => start === init) ?? 'zero';
}

/** The steps of the variable that takes most. */
export const mostSteps: StepCount = (params, mode) => {
  const name = mode === 'train' ? 'steps' : 'evaluationSteps';
  return Math.max(...params.map((own) => Number(own[name])));
};

/** The steps to be taken for a problem, at its effort. */
export function stepsOf({ mode, effort, variables }: InferenceProblem, count: StepCount): number {
  const params = variables.map((variable) => variable.params);
  return Math.round(effort * count(params, mode));
}
