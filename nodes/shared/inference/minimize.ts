import { z } from 'zod';
import { defined } from '../../../src/core/invariant';
import type {
  Inferred,
  InferenceProblem,
  InferenceStrategy,
  ProblemVariable,
} from '../../../src/graph/inferenceStrategy';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { mostSteps, startOf, STEP_PARAMETERS, stepsOf } from './stepParameters';

/** Larger than any energy that is a number: what a sample has before its first evaluation. */
const UNKNOWN = 3e38;

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
 * Minimisation by proximal gradient steps, each sample at a pace of its own:
 *   z⁺ = prox_{ησR}(z − ησ ∂E/∂z),   accepted where E(z⁺) ≤ C, else tried again with σ/4.
 * η is the node's rate and σ a factor of the sample, 1 at first. After an accepted step it follows the curvature that the
 * sample has met (Barzilai and Borwein 1988): σ = Σ‖s‖²/η / Σ⟨s, y⟩ over all variables, with s the step and y the change of
 * the gradient. C is an average of the energies so far, C ← 0.7 C + 0.3 E (Zhang and Hager 2004), which lets a step rise
 * above the last energy and never above where it came from; what is found is the best point met, so more steps never
 * give a higher energy. L1 and L2 terms on z enter by their proximal steps, so no weight of theirs makes it diverge: SpaRSA
 * (Wright, Nowak and Figueiredo 2009), which with an L1 term is ISTA with an adapted step. An iteration evaluates the
 * energy and its gradient once, at the point under trial.
 */
export const minimize: InferenceStrategy = {
  mode: 'minimize',
  summary: 'find the z of least energy for each sample',
  parameters: {
    ...STEP_PARAMETERS,
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
  const unrolled = mode === 'train' && variables.some(({ params }) => params['unroll'] === true);
  return {
    form: 'point',
    values: descend(problem, starts, { moves, unrolled }),
    differentiable: unrolled,
  };
}

export interface Descent {
  readonly moves: number;
  /** Written out step after step, so that gradients go through it. */
  readonly unrolled?: boolean;
}

/** The best points that a number of steps from some starts meets, in the order of the variables. */
export function descend(
  problem: InferenceProblem,
  starts: readonly Value[],
  { moves, unrolled = false }: Descent,
): Value[] {
  const { builder, variables } = problem;
  if (moves === 0) return [...starts];
  const count = variables.length;
  const rows = defined(starts[0]?.shape[0], 'rows of a batch');
  const initial = [
    ...starts,
    ...starts,
    ...starts,
    ...starts.map(({ shape }) => builder.constant(0, shape)),
    builder.constant(UNKNOWN, [rows]),
    builder.constant(UNKNOWN, [rows]),
    builder.constant(1, [rows]),
  ];
  // The first evaluation is that of the start itself.
  const iterate = (carried: readonly Value[]): Value[] => {
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
  };
  let last: Value[] = initial;
  if (unrolled) for (let move = 0; move <= moves; move++) last = iterate(last);
  else last = builder.repeat(moves + 1, initial, iterate);
  return last.slice(0, count);
}

/** The arrays of `yes` in the rows where `condition` holds, those of `no` in the others. */
function choose(
  builder: Builder,
  condition: Value,
  yes: readonly Value[],
  no: readonly Value[],
): Value[] {
  return yes.map((value, index) =>
    builder.select(perRow(builder, condition, value), value, defined(no[index], 'array')),
  );
}

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

/**
 * z − τg with τ = ησ, then the proximal step of λ₁‖z‖₁ + λ₂‖z‖²: sign(z)·max(|z| − τλ₁, 0) / (1 + 2τλ₂).
 */
function proximalStep(
  builder: Builder,
  { live, penalties: { l1, l2 } }: ProblemVariable,
  z: Value,
  slope: Value,
  factor: Value,
): Value {
  const size = perRow(builder, builder.mul(live('rate'), factor), z);
  let moved = builder.sub(z, builder.mul(size, slope));
  if (l1) {
    const magnitude = builder.sub(builder.unary('abs', moved), builder.mul(size, l1));
    moved = builder.mul(builder.unary('sign', moved), builder.max(magnitude, 0));
  }
  if (l2) moved = builder.div(moved, builder.add(builder.mul(builder.mul(size, l2), 2), 1));
  return moved;
}

/** `[B]` repeated over the other axes of `like`. */
function perRow(builder: Builder, rows: Value, like: Value): Value {
  return builder.broadcast(rows, like.shape, [0]);
}
