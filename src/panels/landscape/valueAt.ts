import type { LandscapeFrame, PlanePoint } from '../../probing/landscape/landscapeFrame';

/** A value at a point of the plane, between the middles of the four cells around it; the nearest ones at a border. */
export function valueAt(
  { columns, rows, range }: Pick<LandscapeFrame, 'columns' | 'rows' | 'range'>,
  values: Float32Array,
  [x, y]: PlanePoint,
): number {
  const [column, right] = placeOf(x, range.x, columns);
  const [row, above] = placeOf(y, range.y, rows);
  const at = (dx: 0 | 1, dy: 0 | 1): number => {
    const i = Math.min(column + dx, columns - 1);
    const j = Math.min(row + dy, rows - 1);
    return values[j * columns + i] ?? NaN;
  };
  const below = at(0, 0) + right * (at(1, 0) - at(0, 0));
  const top = at(0, 1) + right * (at(1, 1) - at(0, 1));
  return below + above * (top - below);
}

/** The cell before, and how far from its middle to the next one's. */
function placeOf(
  value: number,
  [low, high]: readonly [number, number],
  cells: number,
): [number, number] {
  const place = ((value - low) / (high - low)) * cells - 0.5;
  const inside = Math.max(0, Math.min(cells - 1, place));
  const cell = Math.floor(inside);
  return [cell, inside - cell];
}
