import { readFileSync } from 'node:fs';
import { Matrix } from 'ml-matrix';

const ROWS = 1797;
const PIXELS = 64;
const TRAIN = 1437;

/** The digits that ship with Basin (public/data/README.md), pixels in [0, 1], read without any of its code. */
export function digitPixels(split: 'train' | 'heldOut'): Matrix {
  const bytes = readFileSync(new URL('../../public/data/digits.bin', import.meta.url));
  const [first, last] = split === 'train' ? [0, TRAIN] : [TRAIN, ROWS];
  const pixels = Array.from(bytes.subarray(first * PIXELS, last * PIXELS), (byte) => byte / 16);
  return Matrix.from1DArray(last - first, PIXELS, pixels);
}

/** The mean of each quarter of the image: four numbers a digit, for problems that should stay small. */
export function quarterMeans(pixels: Matrix): Matrix {
  const means = new Matrix(pixels.rows, 4);
  for (let row = 0; row < pixels.rows; row++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const quarter = 2 * Math.floor(pixel / 32) + Math.floor((pixel % 8) / 4);
      means.set(row, quarter, means.get(row, quarter) + pixels.get(row, pixel) / 16);
    }
  }
  return means;
}
