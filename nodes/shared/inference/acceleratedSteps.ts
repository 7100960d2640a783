import { defined } from '../../../src/core/invariant';
import type { Value } from '../../../src/ir/types';
import { choose, perRow, proximalStep, UNKNOWN, type StepMethod } from './proximal';

/** After a restart steps have this part of their length. */
const SHORTER = 0.5;
/** And while all goes well each is this much longer than the last. */
const LONGER = 1.1;
const LEAST_FACTOR = 1e-6;

/**
 * Steps with momentum: x⁺ = prox_{ησR}(y − ησ ∂E/∂y), t⁺ = (1 + √(1 + 4t²))/2, y⁺ = x⁺ + (t − 1)/t⁺ (x⁺ − x), which with an L1
 * term is FISTA (Beck and Teboulle 2009), without one Nesterov's method. Where the energy at y is above the least that the sample
 * has met, it starts again from there without momentum (O'Donoghue and Candès 2015), with σ half as large.
 */
export const acceleratedSteps: StepMethod = {
  begin: ({ builder, batch }, starts) => [
    ...starts,
    ...starts,
    ...starts,
    builder.constant(UNKNOWN, [batch]),
    builder.constant(1, [batch]),
    builder.constant(1, [batch]),
  ],
  iterate: (problem, carried) => {
    const { builder, variables, energyAt } = problem;
    const count = variables.length;
    const [best, before, trial] = [0, 1, 2].map((part) =>
      carried.slice(part * count, (part + 1) * count),
    ) as [Value[], Value[], Value[]];
    const [least, factor, momentum] = carried.slice(3 * count) as [Value, Value, Value];

    const tried = energyAt(trial);
    const slopes = tried.slopes();
    const isNumber = builder.unary('isFinite', tried.total);
    const falls = builder.binary('and', isNumber, builder.compare('le', tried.total, least));

    const moved = variables.map((variable, index) =>
      proximalStep(
        builder,
        variable,
        defined(trial[index], 'point'),
        defined(slopes[index], 'slope'),
        factor,
      ),
    );
    const grown = builder.mul(
      builder.add(builder.sqrt(builder.add(builder.mul(builder.square(momentum), 4), 1)), 1),
      0.5,
    );
    const share = builder.div(builder.sub(momentum, 1), grown);
    const ahead = moved.map((x, index) => {
      const change = builder.sub(x, defined(before[index], 'point'));
      return builder.add(x, builder.mul(perRow(builder, share, x), change));
    });
    const nextBest = choose(builder, falls, trial, best);
    return [
      ...nextBest,
      ...choose(builder, falls, moved, best),
      ...choose(builder, falls, ahead, best),
      builder.select(falls, tried.total, least),
      builder.select(
        falls,
        builder.mul(factor, LONGER),
        builder.max(builder.mul(factor, SHORTER), LEAST_FACTOR),
      ),
      builder.select(falls, grown, builder.constant(1, momentum.shape)),
    ];
  },
};
