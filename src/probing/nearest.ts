import type { RowMatrix } from './rowMatrix';

export interface Neighbour {
  readonly row: number;
  readonly cosine: number;
}

/** The `count` rows of a bank of unit rows whose cosine with `sample` is largest, in descending order; of equal ones the first. */
export function nearestRows(bank: RowMatrix, sample: Float64Array, count: number): Neighbour[] {
  const { rows, columns, values } = bank;
  const nearest: Neighbour[] = [];
  for (let row = 0; row < rows; row++) {
    let cosine = 0;
    for (let i = 0; i < columns; i++) {
      cosine += (sample[i] ?? 0) * (values[row * columns + i] ?? 0);
    }
    const last = nearest.at(-1);
    if (nearest.length >= count && last && cosine <= last.cosine) continue;
    const place = nearest.findIndex((other) => other.cosine < cosine);
    nearest.splice(place < 0 ? nearest.length : place, 0, { row, cosine });
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}

export function rowOf({ columns, values }: RowMatrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}
