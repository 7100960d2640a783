import type { Analysis } from '../../compiler/analysis/analysis';
import { stateName } from '../../compiler/names';
import type { HostArray, HostArrays } from '../../engine/engine';
import type { Program, Shape } from '../../ir/types';
import { randomNumbers } from './randomDirections';

/** A direction in the space of the weights; arrays without one stay as they are. */
export type WeightDirection = ReadonlyMap<string, Float64Array>;

/**
 * A random direction that is filter-normalised: d ← d/‖d‖ · ‖θ‖ for each filter, neuron or atom by itself, d ~ N(0, I), so that a
 * step along it changes each of them by as much of its own size. Biases and what normalisation scales and shifts by stay as they are
 * (H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein, Visualizing the Loss Landscape of Neural Nets, NeurIPS 2018, §4).
 * A function of the document's seed, the user's own, `which` and the present weights.
 */
export function filterDirection(
  analysis: Analysis,
  program: Program,
  weights: HostArrays,
  which: number,
  draw: number,
): WeightDirection {
  const axes = unitAxes(analysis);
  return new Map(
    program.state.flatMap(({ name, shape, purpose }) => {
      const present = weights.get(name);
      if (purpose !== 'weight' || shape.length < 2 || !present) return [];
      const drawn = randomNumbers(present.length, analysis.training.seed, name, which, draw);
      const axis = axes.get(name) ?? shape.length - 1;
      return [[name, normalised(drawn, present, shape, axis)] as const];
    }),
  );
}

/** Which axis counts units, of weights that say so. */
function unitAxes({ weights }: Analysis): ReadonlyMap<string, number> {
  return new Map(
    [...weights].flatMap(([owner, specs]) =>
      specs.flatMap(({ name, unitAxis }) =>
        unitAxis === undefined ? [] : [[stateName(owner, name), unitAxis] as const],
      ),
    ),
  );
}

function normalised(
  drawn: Float64Array,
  present: HostArray,
  shape: Shape,
  axis: number,
): Float64Array {
  const units = shape[axis] ?? 1;
  const stride = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const unitOf = (index: number): number => Math.floor(index / stride) % units;
  const drawnSquares = new Float64Array(units);
  const presentSquares = new Float64Array(units);
  drawn.forEach((value, index) => {
    const unit = unitOf(index);
    drawnSquares[unit] = (drawnSquares[unit] ?? 0) + value * value;
    presentSquares[unit] = (presentSquares[unit] ?? 0) + (present[index] ?? 0) ** 2;
  });
  return drawn.map((value, index) => {
    const unit = unitOf(index);
    return value * Math.sqrt((presentSquares[unit] ?? 0) / (drawnSquares[unit] ?? 1));
  });
}
