import type { PortKey } from '../../compiler/graph/graph';
import type { PortRows } from '../energyField';
import type { PlanePoint } from './landscapeFrame';

/** Values of a port over a plane: origin + a·across + b·up at the point (a, b). */
export interface PortPlane {
  readonly key: PortKey;
  readonly origin: Float64Array;
  readonly across: Float64Array;
  readonly up: Float64Array;
}

/**
 * A plane in the space of the values of some ports together. Its two directions are orthogonal, so that a value beside it lies over
 * the point that is nearest.
 */
export type Plane = readonly PortPlane[];

/** The values of all ports at points of the plane, a row for each. */
export function rowsAt(plane: Plane, points: readonly PlanePoint[]): PortRows {
  return new Map(
    plane.map(({ key, origin, across, up }): [PortKey, Float64Array] => {
      const { length } = origin;
      const rows = new Float64Array(points.length * length);
      points.forEach(([a, b], row) => {
        for (let i = 0; i < length; i++) {
          rows[row * length + i] = (origin[i] ?? 0) + a * (across[i] ?? 0) + b * (up[i] ?? 0);
        }
      });
      return [key, rows];
    }),
  );
}

/** The point of the plane that is nearest to values: one row of each port, and 0 for one that is left out. */
export function nearestPoint(plane: Plane, values: PortRows): PlanePoint {
  return coordinates(plane, values, true);
}

/** How far the point moves when the values do. */
export function nearestMove(plane: Plane, moves: PortRows): PlanePoint {
  return coordinates(plane, moves, false);
}

function coordinates(plane: Plane, values: PortRows, isPoint: boolean): PlanePoint {
  let [a, b] = [0, 0];
  for (const { key, origin, across, up } of plane) {
    const own = values.get(key);
    if (!own) continue;
    for (let i = 0; i < origin.length; i++) {
      const from = (own[i] ?? NaN) - (isPoint ? (origin[i] ?? 0) : 0);
      a += from * (across[i] ?? 0);
      b += from * (up[i] ?? 0);
    }
  }
  return [a / lengthOf(plane, 'across') ** 2, b / lengthOf(plane, 'up') ** 2];
}

/** The length of one unit of an axis, in the space of the values; that of some ports. */
export function lengthOf(plane: Plane, axis: 'across' | 'up'): number {
  const squares = plane.flatMap((port) => [...port[axis]].map((value) => value * value));
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

/** How far values are from the point of the plane that is nearest to them. */
export function distanceFrom(plane: Plane, values: PortRows): number {
  const nearest = rowsAt(plane, [nearestPoint(plane, values)]);
  let sum = 0;
  for (const [key, own] of nearest) {
    const other = values.get(key);
    for (let i = 0; other && i < own.length; i++) sum += ((other[i] ?? NaN) - (own[i] ?? 0)) ** 2;
  }
  return Math.sqrt(sum);
}

/**
 * What is left of a vector without its part along another (Gram–Schmidt), made as long as that one; null where nothing is: they are
 * parallel, but for rounding.
 */
export function orthogonal(vector: Float64Array, along: Float64Array): Float64Array | null {
  const square = inner(along, along);
  const share = inner(vector, along) / square;
  const left = vector.map((value, i) => value - share * (along[i] ?? 0));
  const size = Math.sqrt(inner(left, left));
  if (!(size > 1e-9 * Math.sqrt(inner(vector, vector)))) return null;
  const scale = Math.sqrt(square) / size;
  return left.map((value) => value * scale);
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
