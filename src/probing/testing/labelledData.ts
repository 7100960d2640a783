import { readFileSync } from 'node:fs';
import { RandomStream } from '../../core/random';
import { labelled, type Labelled } from '../labelled';
import { rowMatrix } from '../rowMatrix';

const DIGITS = 1797;
const PIXELS = 64;

interface Split {
  readonly train: Labelled;
  readonly test: Labelled;
}

/** Real handwritten digits (public/data/README.md), pixels from 0 to 1; `isTraining` says which rows are for training. */
export function digits(isTraining: (row: number) => boolean): Split {
  const bytes = readFileSync(new URL('../../../public/data/digits.bin', import.meta.url));
  const all = Array.from({ length: DIGITS }, (_, row) => row);
  const pick = (rows: readonly number[]): Labelled => {
    const pixels = rows.flatMap((row) => [...bytes.subarray(row * PIXELS, (row + 1) * PIXELS)]);
    return labelled(
      rowMatrix(
        rows.length,
        PIXELS,
        Float64Array.from(pixels, (pixel) => pixel / 16),
      ),
      Int32Array.from(rows, (row) => bytes[DIGITS * PIXELS + row] ?? 0),
    );
  };
  return {
    train: pick(all.filter(isTraining)),
    test: pick(all.filter((row) => !isTraining(row))),
  };
}

/** The file is ordered by writer: with the first rows for training, the held-out digits are of other writers… */
export const firstRows =
  (count: number) =>
  (row: number): boolean =>
    row < count;

/** …and with every fifth row held out, of the same. */
export const everyFifth = (row: number): boolean => row % 5 !== 2;

/** Gaussian blobs around the corners of a simplex. */
export function blobs(rows: number, classes: number, spread: number, seed: number): Labelled {
  const random = new RandomStream([seed, 5]);
  const values = new Float64Array(rows * classes);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  for (let i = 0; i < values.length; i++) {
    const isCorner = i % classes === labels[Math.floor(i / classes)];
    values[i] = (isCorner ? 1 : 0) + spread * random.normal();
  }
  return labelled(rowMatrix(rows, classes, values), labels);
}
