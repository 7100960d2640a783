import { defined } from '../../../src/core/invariant';
import type {
  InferenceProblem,
  InferenceStrategy,
  Inferred,
} from '../../../src/graph/inferenceStrategy';
import { mostSteps, startOf, STEP_PARAMETERS, stepsOf } from './stepParameters';
import { TEMPERATURE } from './temperature';

/**
 * A sample z ~ e^{−βE(x, y, z)} by steps of unadjusted Langevin dynamics, z ← z − η ∂E/∂z + √(2η/β) ε.
 * Source: Dawid & LeCun 2023, §4.1.2 (Eq. 5); Welling & Teh 2011.
 */
export const langevin: InferenceStrategy = {
  mode: 'langevin',
  summary: 'draw z by noisy gradient steps',
  parameters: { ...STEP_PARAMETERS, ...TEMPERATURE },
  start: startOf,
  boundsLatent: false,
  search: {
    tex: (names) => `\\operatorname*{E}_{${names} \\sim e^{-\\beta E}}`,
    text: (names) => `expectation over ${names} ~ exp(-βE) of`,
    seeksMinimum: false,
    looksAtCodes: false,
    steps: mostSteps,
    find: sample,
  },
};

function sample(problem: InferenceProblem): Inferred {
  const { builder, variables, energyAt } = problem;
  const count = stepsOf(problem, mostSteps);
  const starts = variables.map(({ start }) => start);
  const values = builder.repeat(count, starts, (carried, iteration) => {
    const slopes = energyAt(carried).fullSlopes();
    return variables.map(({ live, normal }, index) => {
      const z = defined(carried[index], 'value');
      const rate = live('rate');
      const noise = normal(z.shape, iteration, count);
      const spread = builder.sqrt(builder.div(builder.mul(rate, 2), live('beta')));
      const drift = builder.sub(z, builder.mul(rate, defined(slopes[index], 'slope')));
      return builder.add(drift, builder.mul(spread, noise));
    });
  });
  return { form: 'point', values };
}
