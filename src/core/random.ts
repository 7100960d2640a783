import { threefry2x32, type Word2 } from './threefry';

/**
 * Every random number of a run is a pure function of (seed, id, stream, step, index) (docs/semantics.md §8):
 * key = randomKey(seed, id, stream), counter = (index, step), and the number is made of the first output word.
 * The engines implement the same definitions for the IR's `random` and `sampleRows` ops.
 */

/** FNV-1a over UTF-16 code units, two lanes with different bases: a name to 64 bits. */
function hashName(name: string): Word2 {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit ^ (i + 1), 0x01000193);
  }
  return [low >>> 0, high >>> 0];
}

/** The key of one stream of random numbers. `id` is a node id, or a data set's identity. */
export function randomKey(seed: number, id: string, stream: string): Word2 {
  const seedWords: Word2 = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  return threefry2x32(threefry2x32(seedWords, hashName(id)), hashName(stream));
}

/** 24 random bits as a float in [0, 1): exact in float32, so every engine agrees to the bit. */
export function uniformAt(key: Word2, step: number, index: number): number {
  return (threefry2x32(key, [index, step])[0] >>> 8) / 2 ** 24;
}

const FEISTEL_ROUNDS = 4;

/**
 * Image of `index` under a keyed permutation of 0..count−1: a balanced Feistel network over the next even
 * power of two, with cycle walking (Black and Rogaway 2002). Stateless, so any step can be replayed.
 */
export function permuteIndex(key: Word2, epoch: number, count: number, index: number): number {
  const halfBits = feistelHalfBits(count);
  const mask = 2 ** halfBits - 1;
  let value = index;
  do {
    let left = value >>> halfBits;
    let right = value & mask;
    for (let round = 0; round < FEISTEL_ROUNDS; round++) {
      const next = left ^ (threefry2x32(key, [right + round * 0x10000, epoch])[0] & mask);
      left = right;
      right = next;
    }
    value = ((left << halfBits) | right) >>> 0;
  } while (value >= count);
  return value;
}

/** Half the width in bits of the smallest balanced Feistel domain that holds `count` (at most 2³⁰ rows). */
export function feistelHalfBits(count: number): number {
  let halfBits = 1;
  while (4 ** halfBits < count) halfBits++;
  return halfBits;
}

/** Row number of place `index` of the batch of `step`: without replacement within an epoch. */
export function sampleRow(
  key: Word2,
  step: number,
  batchSize: number,
  count: number,
  index: number,
): number {
  const position = step * batchSize + index;
  return permuteIndex(key, Math.floor(position / count), count, position % count);
}

/** A small sequential source on top of the counter-based function, for making data sets. */
export class RandomStream {
  private index = 0;
  constructor(private readonly key: Word2) {}

  /** Uniform in [0, 1). */
  uniform(): number {
    return uniformAt(this.key, 0, this.index++);
  }

  /** Standard normal, by Box–Muller in float64. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Integer in 0..bound−1. */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }
}
