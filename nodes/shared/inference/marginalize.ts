import type {
  InferenceProblem,
  InferenceStrategy,
  Inferred,
} from '../../../src/graph/inferenceStrategy';
import { logSoftmax } from '../../../src/ir/compose';
import { defined } from '../../../src/core/invariant';
import { TEMPERATURE } from './temperature';
import { codeEnergies, codesPerSample, jointCodes } from './codes';

/**
 * F_β(x, y) = −1/β log Σ_k w_k e^{−βE(x, y, z_k)}, the sum over all values of a discrete variable (w = 1), an integral over a grid
 * (w = Δ, the notes' form, which does not divide by |Z|), or a mean over draws from the prior (w = 1/K). With the
 * Gibbs–Boltzmann probabilities p_k ∝ w_k e^{−βE_k} it is F = Σ p_k E_k + 1/β Σ p_k (log p_k − log w_k).
 * Source: Dawid & LeCun 2023, §3.2 and appendix A5.
 */
export const marginalize: InferenceStrategy = {
  mode: 'marginalize',
  summary: 'sum over all values, each as likely as its energy makes it',
  parameters: TEMPERATURE,
  start: () => 'zero',
  boundsLatent: true,
  search: {
    tex: (names) => `-\\tfrac{1}{\\beta} \\log \\textstyle\\sum_{${names}} \\exp -\\beta`,
    text: (names) => `soft-min over ${names} of`,
    seeksMinimum: false,
    looksAtCodes: true,
    steps: null,
    find: marginal,
  },
};

function marginal(problem: InferenceProblem): Inferred {
  const { builder, batch, variables } = problem;
  const codes = jointCodes(problem);
  const beta = defined(variables[0], 'variable').live('beta');
  const energies = builder.stopGradient(codeEnergies(problem, codes));
  // log p; the measure is the same for all codes, so it cancels here.
  const logarithms = logSoftmax(builder, builder.neg(builder.mul(energies, beta)), 1);
  const probabilities = builder.exp(logarithms);
  const surprise = builder.mul(probabilities, builder.sub(logarithms, codes.logMeasure));
  return {
    form: 'distribution',
    count: codes.count,
    points: codes.points.map((points) => codesPerSample(builder, points, batch)),
    probabilities,
    offset: builder.div(builder.sum(surprise, [1]), beta),
  };
}
