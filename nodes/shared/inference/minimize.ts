import { z } from 'zod';
import type {
  Inferred,
  InferenceProblem,
  InferenceStrategy,
} from '../../../src/graph/inferenceStrategy';
import type { Value } from '../../../src/ir/types';
import { choiceParameter } from '../parameters';
import { acceleratedSteps } from './acceleratedSteps';
import { adaptiveSteps } from './adaptiveSteps';
import type { StepMethod } from './proximal';
import { mostSteps, startOf, STEP_PARAMETERS, stepsOf } from './stepParameters';

/** Ways to take steps, the default first. */
const METHODS = {
  adaptive: adaptiveSteps,
  accelerated: acceleratedSteps,
} satisfies Record<string, StepMethod>;

type Method = keyof typeof METHODS;

/**
 * Minimisation by proximal gradient steps. What is found is the best point met, so more steps never give a higher energy, and L1
 * and L2 terms on z enter by their proximal steps, so that no weight of theirs makes it diverge.
 */
export const minimize: InferenceStrategy = {
  mode: 'minimize',
  summary: 'find the z of least energy for each sample',
  parameters: {
    ...STEP_PARAMETERS,
    method: choiceParameter(['adaptive', 'accelerated'], 'adaptive', {
      label: 'Method',
      description:
        'Steps that adapt to the curvature each sample meets, with an L1 term SpaRSA; or steps with momentum, with an L1 term FISTA.',
    }),
    unroll: z.boolean().default(false).meta({
      label: 'Unroll',
      description:
        'Gradients go through the steps of inference as well, which costs memory for each of them. Without it what is found is a constant, by the envelope theorem.',
    }),
  },
  start: startOf,
  boundsLatent: false,
  search: {
    tex: (names) => `\\min_{${names}}`,
    text: (names) => `min over ${names} of`,
    seeksMinimum: true,
    looksAtCodes: false,
    steps: mostSteps,
    find: minimise,
  },
};

function minimise(problem: InferenceProblem): Inferred {
  const { variables, mode } = problem;
  const starts = variables.map(({ start }) => start);
  const moves = stepsOf(problem, mostSteps);
  // Variables found together take the steps of the first.
  const method: Method =
    variables[0]?.params['method'] === 'accelerated' ? 'accelerated' : 'adaptive';
  const unrolled = mode === 'train' && variables.some(({ params }) => params['unroll'] === true);
  return {
    form: 'point',
    values: descend(problem, starts, { moves, method, unrolled }),
    differentiable: unrolled,
  };
}

export interface Descent {
  readonly moves: number;
  readonly method?: Method;
  /** Written out step after step, so that gradients go through it. */
  readonly unrolled?: boolean;
}

/** The best points that a number of steps from some starts meets, in the order of the variables. */
export function descend(
  problem: InferenceProblem,
  starts: readonly Value[],
  { moves, method = 'adaptive', unrolled = false }: Descent,
): Value[] {
  if (moves === 0) return [...starts];
  const { begin, iterate } = METHODS[method];
  const step = (carried: readonly Value[]): Value[] => iterate(problem, carried);
  let last = begin(problem, starts);
  // The first evaluation is that of the start itself.
  if (unrolled) for (let move = 0; move <= moves; move++) last = step(last);
  else last = problem.builder.repeat(moves + 1, last, step);
  return last.slice(0, starts.length);
}
