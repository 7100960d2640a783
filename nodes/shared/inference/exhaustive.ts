import { z } from 'zod';
import type {
  InferenceProblem,
  InferenceStrategy,
  Inferred,
  StepCount,
} from '../../../src/graph/inferenceStrategy';
import type { Value } from '../../../src/ir/types';
import { codeEnergies, jointCodes } from './codes';
import { descend } from './minimize';
import { STEP_PARAMETERS, stepsOf } from './stepParameters';

/**
 * z* = argmin over all codes of E(x, y, z), each evaluated; the first of equals. The cone below z is evaluated on B·K rows without
 * gradients, and once more on the B rows that were chosen.
 */
export const exhaustive: InferenceStrategy = {
  mode: 'exhaustive',
  summary: 'look at every value and take the one of least energy',
  parameters: {},
  start: () => 'zero',
  boundsLatent: true,
  search: {
    tex: (names) => `\\min_{${names}}`,
    text: (names) => `min over ${names} of`,
    seeksMinimum: false,
    looksAtCodes: true,
    steps: null,
    find: (problem) => ({ form: 'point', values: best(problem) }),
  },
};

/** Beside a discrete variable there is no descent. */
const refineSteps: StepCount = (params) => {
  const steps = params.map((own) => Number(own['refine'] ?? 0));
  return steps.includes(0) ? 0 : Math.max(...steps);
};

/** The same on a grid over a continuous variable, with steps of descent from the best point of the grid. */
export const gridSearch: InferenceStrategy = {
  ...exhaustive,
  summary: 'look at a grid and descend from its point of least energy',
  parameters: {
    rate: STEP_PARAMETERS.rate,
    refine: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(8)
      .meta({
        label: 'Refine',
        description: 'Steps of descent from the best point of the grid.',
        range: [0, 30],
        control: 'slider',
      }),
  },
  search: {
    tex: (names) => `\\min_{${names}}`,
    text: (names) => `min over ${names} of`,
    seeksMinimum: true,
    looksAtCodes: true,
    steps: refineSteps,
    find: (problem): Inferred => {
      const moves = stepsOf(problem, refineSteps);
      return { form: 'point', values: descend(problem, best(problem), { moves }) };
    },
  },
};

function best(problem: InferenceProblem): Value[] {
  const { builder } = problem;
  const codes = jointCodes(problem);
  const chosen = builder.argReduce('min', codeEnergies(problem, codes), 1);
  return codes.points.map((points) => builder.gather(points, chosen));
}
