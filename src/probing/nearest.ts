import type { RowMatrix } from './rowMatrix';

export interface Neighbour {
  readonly row: number;
  readonly cosine: number;
}

/** The `count` rows of a bank of unit rows whose cosine with `sample` is largest, in descending order; of equal ones the first. */
export function nearestRows(bank: RowMatrix, sample: Float64Array, count: number): Neighbour[] {
  const nearest: Neighbour[] = [];
  products(bank, sample).forEach((cosine, row) => {
    const last = nearest.at(-1);
    if (nearest.length >= count && last && cosine <= last.cosine) return;
    const place = nearest.findIndex((other) => other.cosine < cosine);
    nearest.splice(place < 0 ? nearest.length : place, 0, { row, cosine });
    if (nearest.length > count) nearest.pop();
  });
  return nearest;
}

/** The inner product of each row with `sample`. Four at a time, since an addition to a sum waits for the one before it. */
function products({ rows, columns, values }: RowMatrix, sample: Float64Array): Float64Array {
  const sums = new Float64Array(rows);
  for (let row = 0; row < rows; row += 4) {
    // Past the end the last row is summed once more, and not kept.
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map(
      (more) => Math.min(row + more, rows - 1) * columns,
    );
    let [ofA, ofB, ofC, ofD] = [0, 0, 0, 0];
    for (let i = 0; i < columns; i++) {
      const x = sample[i] ?? 0;
      ofA += x * (values[a + i] ?? 0);
      ofB += x * (values[b + i] ?? 0);
      ofC += x * (values[c + i] ?? 0);
      ofD += x * (values[d + i] ?? 0);
    }
    sums.set([ofA, ofB, ofC, ofD].slice(0, rows - row), row);
  }
  return sums;
}

export function rowOf({ columns, values }: RowMatrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns);
}
