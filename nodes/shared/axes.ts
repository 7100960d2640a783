import { tensorType, type TensorType } from '../../src/graph/ports';

/** Axes as users name them: rows and columns are height and width of images `[H, W, C]`. */
export const AXES = ['time', 'features', 'rows', 'columns'] as const;
export type Axis = (typeof AXES)[number];

/** What a tensor must be to have the axis, for messages. */
export const AXIS_EXPECTATION: Readonly<Record<Axis, string>> = {
  time: 'a sequence, with a time axis',
  features: 'a tensor with a last axis',
  rows: 'an image, height × width × channels',
  columns: 'an image, height × width × channels',
};

/** Number of an axis within `[B, time?, …shape]` and its extent, or null where the tensor has none. */
export function locateAxis(
  axis: Axis,
  { time, shape }: TensorType,
): { readonly axis: number; readonly extent: number } | null {
  const first = time === null ? 1 : 2;
  const index = { time: -1, features: shape.length - 1, rows: 0, columns: 1 }[axis];
  const extent = axis === 'time' ? time : shape[index];
  const present = axis === 'time' || axis === 'features' || shape.length === 3;
  return present && extent !== null && extent !== undefined
    ? { axis: axis === 'time' ? 1 : first + index, extent }
    : null;
}

/** The type with another extent of an axis that it has. */
export function withExtent(axis: Axis, { time, shape }: TensorType, extent: number): TensorType {
  if (axis === 'time') return tensorType(shape, extent);
  const index = { features: shape.length - 1, rows: 0, columns: 1 }[axis];
  return tensorType(shape.with(index, extent), time);
}
