import { invariant } from '../core/invariant';
import type { HostArray } from '../engine/engine';

/** `rows × columns` numbers, row-major. Rows are samples. */
export interface RowMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export function rowMatrix(rows: number, columns: number, values: HostArray): RowMatrix {
  invariant(values.length === rows * columns, `a ${rows}×${columns} matrix has that many values`);
  return { rows, columns, values: Float64Array.from(values) };
}

/** At most `limit` rows, evenly spread: neighbouring rows of a data set may be alike. */
export function thinRows(matrix: RowMatrix, limit: number): RowMatrix {
  const { rows, columns, values } = matrix;
  if (rows <= limit) return matrix;
  const thinned = new Float64Array(limit * columns);
  for (let i = 0; i < limit; i++) {
    const row = Math.floor((i * rows) / limit);
    thinned.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { rows: limit, columns, values: thinned };
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean of each column. */
export function columnMeans({ rows, columns, values }: RowMatrix): Float64Array {
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    addTo(means, values.subarray(row * columns, (row + 1) * columns));
  }
  return means.map((sum) => sum / rows);
}

function addTo(sums: Float64Array, values: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}

export function centreColumns(matrix: RowMatrix): RowMatrix {
  const means = columnMeans(matrix);
  const { columns } = matrix;
  return { ...matrix, values: matrix.values.map((value, i) => value - (means[i % columns] ?? 0)) };
}

/** Standard deviation of each column over the rows, ddof 1. */
export function columnDeviations(matrix: RowMatrix): Float64Array {
  const { rows, columns, values } = centreColumns(matrix);
  const sums = new Float64Array(columns);
  values.forEach((value, i) => (sums[i % columns] = (sums[i % columns] ?? 0) + value * value));
  return sums.map((sum) => Math.sqrt(sum / Math.max(1, rows - 1)));
}

/** Rows divided by their Euclidean norm, clamped at 1e-8 as in the cosine energy. */
export function unitRows({ rows, columns, values }: RowMatrix): RowMatrix {
  const unit = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let squares = 0;
    for (let i = start; i < start + columns; i++) squares += (values[i] ?? 0) ** 2;
    const norm = Math.sqrt(squares);
    for (let i = start; i < start + columns; i++) unit[i] = (values[i] ?? 0) / Math.max(norm, 1e-8);
  }
  return { rows, columns, values: unit };
}

/** These columns, in this order. */
export function chosenColumns(
  { rows, columns, values }: RowMatrix,
  chosen: readonly number[],
): RowMatrix {
  const picked = new Float64Array(rows * chosen.length);
  for (let row = 0; row < rows; row++) {
    chosen.forEach((column, i) => {
      picked[row * chosen.length + i] = values[row * columns + column] ?? 0;
    });
  }
  return { rows, columns: chosen.length, values: picked };
}
