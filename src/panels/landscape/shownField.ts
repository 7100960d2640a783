import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import { gibbsDensity } from './gibbsDensity';
import type { LandscapeLook, LandscapeVariable } from './landscapeStore';
import { valueAt } from './valueAt';
import { fitScale, quantile, type ScaleId, type ValueScale } from './valueScale';

const MOST = 0.95;

/** What is shown of a frame, and how it is coloured. */
export interface ShownField {
  readonly values: Float32Array;
  /** p of each cell, while the density is shown. */
  readonly density: Float32Array | null;
  readonly scale: ValueScale;
  /** The values on the scale, 0 to 1. */
  readonly units: Float32Array;
}

/** `before`: the scale of the last frame, which an automatic one rather keeps. */
export function shownField(
  frame: LandscapeFrame,
  { symbol, isApart, hasDensity }: Pick<LandscapeVariable, 'symbol' | 'isApart' | 'hasDensity'>,
  { quantity, beta, scale: choice }: LandscapeLook,
  before: ScaleId,
): ShownField {
  const isDensity = hasDensity && quantity === 'density';
  const density = isDensity ? gibbsDensity(frame.values, frame.columns, beta, isApart) : null;
  const values = density ?? frame.values;
  const scale = isDensity
    ? // It is what it is: most of the plane is near 0.
      fitScale(values, choice === 'auto' ? 'linear' : choice)
    : fitScale(values, choice, { before, data: symbol === 'E' ? null : dataLevel(frame) });
  const units = values.map((value) => (Number.isFinite(value) ? scale.toUnit(value) : NaN));
  return { values, density, scale, units };
}

/** The energy that most of the data is below; null without data. */
function dataLevel(frame: LandscapeFrame): number | null {
  const { points, values } = frame;
  const energies = new Float32Array(points.length / 2);
  energies.forEach((_, row) => {
    const point = [points[2 * row] ?? NaN, points[2 * row + 1] ?? NaN] as const;
    energies[row] = valueAt(frame, values, point);
  });
  const found = energies.filter(Number.isFinite).sort();
  return found.length === 0 ? null : quantile(found, MOST);
}
