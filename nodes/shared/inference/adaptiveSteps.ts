import { defined } from '../../../src/core/invariant';
import type { InferenceProblem } from '../../../src/graph/inferenceStrategy';
import type { Value } from '../../../src/ir/types';
import { choose, proximalStep, UNKNOWN, type StepMethod } from './proximal';

/** How much of the reference that a step must not exceed is kept from before. */
const MEMORY = 0.7;
/** A step that leads above the reference is taken again at this part of its length. */
const SHORTER = 0.25;
/** Where the energy curves downwards along a step, the next one is this much longer. */
const LONGER = 2;
/** Steps stay within these factors of the rate. */
const LEAST_FACTOR = 1e-6;
const MOST_FACTOR = 1e6;

/**
 * z⁺ = prox_{ησR}(z − ησ ∂E/∂z), accepted where E(z⁺) ≤ C, else tried again with σ/4.
 * η is the node's rate and σ a factor of the sample, 1 at first. After an accepted step it follows the curvature that the
 * sample has met (Barzilai and Borwein 1988): σ = Σ‖s‖²/η / Σ⟨s, y⟩ over all variables, with s the step and y the change of
 * the gradient. C is an average of the energies so far, C ← 0.7 C + 0.3 E (Zhang and Hager 2004), which lets a step rise
 * above the last energy and never above where it came from. With an L1 term this is SpaRSA (Wright, Nowak and Figueiredo
 * 2009): ISTA with an adapted step.
 */
export const adaptiveSteps: StepMethod = {
  begin: ({ builder, batch }, starts) => [
    ...starts,
    ...starts,
    ...starts,
    ...starts.map(({ shape }) => builder.constant(0, shape)),
    builder.constant(UNKNOWN, [batch]),
    builder.constant(UNKNOWN, [batch]),
    builder.constant(1, [batch]),
  ],
  iterate: (problem, carried) => {
    const { builder, variables } = problem;
    const count = variables.length;
    const [best, at, trial, slopes] = [0, 1, 2, 3].map((part) =>
      carried.slice(part * count, (part + 1) * count),
    ) as [Value[], Value[], Value[], Value[]];
    const [least, reference, factor] = carried.slice(4 * count) as [Value, Value, Value];

    const tried = problem.energyAt(trial);
    const energy = tried.total;
    const trialSlopes = tried.slopes();
    const isNumber = builder.unary('isFinite', energy);
    const accepted = builder.binary('and', isNumber, builder.compare('le', energy, reference));
    const better = builder.binary('and', isNumber, builder.compare('lt', energy, least));
    const nextFactor = builder.select(
      accepted,
      curvatureFactor(problem, { at, trial, slopes, trialSlopes, factor }),
      builder.max(builder.mul(factor, SHORTER), LEAST_FACTOR),
    );
    const averaged = builder.add(builder.mul(reference, MEMORY), builder.mul(energy, 1 - MEMORY));
    const isFirst = builder.compare('ge', reference, UNKNOWN);
    const nextReference = builder.select(
      accepted,
      builder.select(isFirst, energy, averaged),
      reference,
    );
    const here = choose(builder, accepted, trial, at);
    const nextSlopes = choose(builder, accepted, trialSlopes, slopes);
    const nextTrial = variables.map((variable, index) =>
      proximalStep(
        builder,
        variable,
        defined(here[index], 'point'),
        defined(nextSlopes[index], 'slope'),
        nextFactor,
      ),
    );
    return [
      ...choose(builder, better, trial, best),
      ...here,
      ...nextTrial,
      ...nextSlopes,
      builder.select(better, energy, least),
      nextReference,
      nextFactor,
    ];
  },
};

interface Step {
  readonly at: readonly Value[];
  readonly trial: readonly Value[];
  readonly slopes: readonly Value[];
  readonly trialSlopes: readonly Value[];
  readonly factor: Value;
}

/**
 * σ = Σ‖s‖²/η / Σ⟨s, y⟩, `[B]`; longer than before where that is not positive; as it was where nothing has moved, as after the
 * first evaluation.
 */
function curvatureFactor(
  { builder, variables }: InferenceProblem,
  { at, trial, slopes, trialSlopes, factor }: Step,
): Value {
  const parts = variables.map((variable, index) => {
    const s = builder.sub(defined(trial[index], 'trial'), defined(at[index], 'point'));
    const y = builder.sub(defined(trialSlopes[index], 'slope'), defined(slopes[index], 'slope'));
    const axes = s.shape.map((_, axis) => axis).slice(1);
    const rate = builder.max(variable.live('rate'), 1e-12);
    return {
      length: builder.div(builder.sum(builder.square(s), axes), rate),
      curvature: builder.sum(builder.mul(s, y), axes),
    };
  });
  const length = parts.map((part) => part.length).reduce((a, b) => builder.add(a, b));
  const curvature = parts.map((part) => part.curvature).reduce((a, b) => builder.add(a, b));
  const curved = builder.compare('gt', curvature, builder.mul(length, 1 / MOST_FACTOR));
  const ratio = builder.div(length, builder.select(curved, curvature, builder.add(length, 1)));
  const grown = builder.mul(factor, LONGER);
  const bounded = builder.min(
    builder.max(builder.select(curved, ratio, grown), LEAST_FACTOR),
    MOST_FACTOR,
  );
  return builder.select(builder.compare('gt', length, 0), bounded, factor);
}
