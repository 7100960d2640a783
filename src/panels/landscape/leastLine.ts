import type { LandscapeFrame, PlanePoint } from '../../probing/landscape/landscapeFrame';

/**
 * ŷ(x) = argmin_y F(x, y) along the columns of a surface: in each the cell of least energy, moved to the lowest point of the
 * parabola through it and its neighbours. In pieces: columns without a finite value, or whose least one is at a border of
 * the picture and so may lie outside, have no point.
 */
export function leastLine({ values, columns, rows, range }: LandscapeFrame): PlanePoint[][] {
  const [left, right] = range.x;
  const [bottom, top] = range.y;
  const pieces: PlanePoint[][] = [];
  let piece: PlanePoint[] = [];
  for (let column = 0; column < columns; column++) {
    const at = (row: number): number => values[row * columns + column] ?? NaN;
    let best = -1;
    for (let row = 0; row < rows; row++) {
      if (Number.isFinite(at(row)) && (best < 0 || at(row) < at(best))) best = row;
    }
    if (best <= 0 || best === rows - 1) {
      piece = [];
      continue;
    }
    if (piece.length === 0) pieces.push(piece);
    const place = best + 0.5 + offset(at(best - 1), at(best), at(best + 1));
    piece.push([
      left + ((column + 0.5) / columns) * (right - left),
      bottom + (place / rows) * (top - bottom),
    ]);
  }
  return pieces;
}

/** Where the parabola through three values at −1, 0 and 1 is lowest, the middle one being the least. */
function offset(before: number, middle: number, after: number): number {
  const curvature = before - 2 * middle + after;
  return curvature > 0 ? (before - after) / (2 * curvature) : 0;
}
