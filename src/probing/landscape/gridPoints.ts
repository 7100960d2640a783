import type { LandscapeRange, PlanePoint } from './landscapeFrame';

/** The middles of `side × side` cells, row by row from below. */
export function gridPoints({ x, y }: LandscapeRange, side: number): PlanePoint[] {
  const middle = ([low, high]: readonly [number, number], index: number): number =>
    low + ((index + 0.5) / side) * (high - low);
  return Array.from({ length: side * side }, (_, cell): PlanePoint => [
    middle(x, cell % side),
    middle(y, Math.floor(cell / side)),
  ]);
}
