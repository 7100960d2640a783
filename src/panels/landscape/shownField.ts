import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import { gibbsDensity } from './gibbsDensity';
import type { LandscapeLook, LandscapeVariable } from './landscapeStore';
import { fitScale, type ScaleId, type ValueScale } from './valueScale';

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
  { kind }: Pick<LandscapeVariable, 'kind'>,
  { quantity, beta, scale: choice }: LandscapeLook,
  before: ScaleId,
): ShownField {
  const isDensity = quantity === 'density';
  const density = isDensity
    ? gibbsDensity(frame.values, frame.columns, beta, kind === 'surface')
    : null;
  const values = density ?? frame.values;
  // A density is what it is: most of the plane is near 0.
  const scale = fitScale(values, isDensity && choice === 'auto' ? 'linear' : choice, before);
  const units = values.map((value) => (Number.isFinite(value) ? scale.toUnit(value) : NaN));
  return { values, density, scale, units };
}
