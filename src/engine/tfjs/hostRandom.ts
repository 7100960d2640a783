import { feistelHalfBits } from '../../core/random';
import { THREEFRY_PARITY, type Word2 } from '../../core/threefry';

/**
 * First output word, as a signed integer, of `threefry2x32(key, [counter0, counter1])`: the same bits as
 * src/core/threefry.ts, unrolled and without allocation, since it runs once per random number of a step.
 */
function threefryWord(key0: number, key1: number, counter0: number, counter1: number): number {
  const key2 = THREEFRY_PARITY ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;

  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + key1) | 0;
  x1 = (x1 + key2 + 1) | 0;

  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + key2) | 0;
  x1 = (x1 + key0 + 2) | 0;

  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + key0) | 0;
  x1 = (x1 + key1 + 3) | 0;

  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + key1) | 0;
  x1 = (x1 + key2 + 4) | 0;

  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  return (x0 + key2) | 0;
}

/** `uniformAt(key, step, i)` for i = 0, 1, … `length` − 1, as float32 (exact: 24 bits). */
export function uniformArray(key: Word2, step: number, length: number): Float32Array {
  const key0 = key[0] | 0;
  const key1 = key[1] | 0;
  const counter = step | 0;
  const array = new Float32Array(length);
  for (let index = 0; index < length; index++) {
    array[index] = (threefryWord(key0, key1, index, counter) >>> 8) / 0x1000000;
  }
  return array;
}

const FEISTEL_ROUNDS = 4;

/** `sampleRow(key, step, batchSize, count, i)` for i = 0, 1, … `batchSize` − 1. */
export function sampleRowsArray(
  key: Word2,
  step: number,
  batchSize: number,
  count: number,
): Int32Array {
  const key0 = key[0] | 0;
  const key1 = key[1] | 0;
  const halfBits = feistelHalfBits(count);
  const mask = 2 ** halfBits - 1;
  const rows = new Int32Array(batchSize);
  for (let index = 0; index < batchSize; index++) {
    const position = step * batchSize + index;
    const epoch = Math.floor(position / count) | 0;
    let row = position % count;
    // Cycle walking: images outside the set are permuted again until one is inside.
    do {
      let left = row >>> halfBits;
      let right = row & mask;
      for (let round = 0; round < FEISTEL_ROUNDS; round++) {
        const word = threefryWord(key0, key1, right + round * 0x10000, epoch);
        const next = left ^ (word & mask);
        left = right;
        right = next;
      }
      row = ((left << halfBits) | right) >>> 0;
    } while (row >= count);
    rows[index] = row;
  }
  return rows;
}
