import type { Matrix } from 'ml-matrix';
import { chooseDistinct, oracleRandom } from './randomness';

export interface Clustering {
  /** `[K, D]`. */
  readonly centres: Matrix;
  /** Σ over rows of the squared distance to the nearest centre. */
  readonly inertia: number;
}

/** The best of `restarts` runs of Lloyd's algorithm (1982), each from `count` different rows. */
export function kMeans(rows: Matrix, count: number, restarts = 10): Clustering {
  const runs = Array.from({ length: restarts }, (_, restart) => {
    const chosen = chooseDistinct(oracleRandom('k-means', restart), count, rows.rows);
    return lloyd(rows, rows.subMatrixRow(chosen));
  });
  return runs.reduce((a, b) => (b.inertia < a.inertia ? b : a));
}

/** Means of what is nearest, until no row changes its centre. A centre that has lost all rows stays where it is. */
export function lloyd(rows: Matrix, start: Matrix): Clustering {
  const centres = start.clone();
  let before: readonly number[] = [];
  for (;;) {
    const assigned = nearestCentres(rows, centres);
    if (assigned.every((centre, row) => centre === before[row])) break;
    before = assigned;
    for (let centre = 0; centre < centres.rows; centre++) {
      const own = assigned.flatMap((other, row) => (other === centre ? [row] : []));
      if (own.length > 0) centres.setRow(centre, rows.subMatrixRow(own).mean('column'));
    }
  }
  return { centres, inertia: inertia(rows, centres) };
}

/** Σ over rows of the squared distance to the nearest of `centres` `[K, D]`. */
export function inertia(rows: Matrix, centres: Matrix): number {
  const nearest = nearestCentres(rows, centres);
  return nearest.reduce(
    (sum, centre, row) => sum + squaredDistance(rows.getRow(row), centres.getRow(centre)),
    0,
  );
}

/** The number of the nearest of `centres` for each row. */
function nearestCentres(rows: Matrix, centres: Matrix): number[] {
  const places = centres.to2DArray();
  return rows.to2DArray().map((row) => {
    const distances = places.map((place) => squaredDistance(row, place));
    return distances.indexOf(Math.min(...distances));
  });
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += ((a[d] ?? NaN) - (b[d] ?? NaN)) ** 2;
  return sum;
}
