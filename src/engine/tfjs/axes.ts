import type { Shape } from '../../ir/types';
import { elementCount } from '../../ir/types';

/** Extents around a run of axes that are treated as one: [outer, middle, inner]. */
export interface AxisRun {
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
}

/** Folds `shape` around axes `first`..`last` (inclusive). */
export function foldAround(shape: Shape, first: number, last: number): AxisRun {
  return {
    outer: elementCount(shape.slice(0, first)),
    middle: elementCount(shape.slice(first, last + 1)),
    inner: elementCount(shape.slice(last + 1)),
  };
}

/** Groups of neighbouring numbers of a rising list: [0, 1, 3] gives [[0, 1], [3, 3]] as first and last. */
export function consecutiveRuns(axes: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const axis of axes) {
    const last = runs.at(-1);
    if (last && last[1] === axis - 1) last[1] = axis;
    else runs.push([axis, axis]);
  }
  return runs;
}

/**
 * Drops axes of extent 1 and joins axes that stay neighbours in order, so that few are left:
 * the kernels are fast for low ranks only, and some refuse more than 6.
 */
export function simplifyTranspose(
  shape: Shape,
  permutation: readonly number[],
): { shape: number[]; permutation: number[] } {
  const groups: number[][] = [];
  for (const axis of permutation) {
    if (shape[axis] === 1) continue;
    const previous = groups.at(-1);
    const last = previous?.at(-1);
    const joins =
      last !== undefined &&
      last < axis &&
      shape.slice(last + 1, axis).every((extent) => extent === 1);
    if (previous && joins) previous.push(axis);
    else groups.push([axis]);
  }
  const ordered = [...groups].sort(([a = 0], [b = 0]) => a - b);
  return {
    shape: ordered.map((group) => elementCount(group.map((axis) => shape[axis] ?? 1))),
    permutation: groups.map((group) => ordered.indexOf(group)),
  };
}

/** One axis of a slice or a padding: `low` and `high` are cut off or added, in elements of the axis. */
export interface EdgeAxis {
  readonly extent: number;
  readonly low: number;
  readonly high: number;
}

/** Joins every axis that is left whole with the one before it, so that few axes are left. */
export function joinWholeAxes(axes: readonly EdgeAxis[]): EdgeAxis[] {
  const joined: EdgeAxis[] = [];
  for (const axis of axes) {
    const previous = joined.at(-1);
    if (previous && axis.low === 0 && axis.high === 0) {
      joined[joined.length - 1] = {
        extent: previous.extent * axis.extent,
        low: previous.low * axis.extent,
        high: previous.high * axis.extent,
      };
    } else {
      joined.push(axis);
    }
  }
  return joined;
}
