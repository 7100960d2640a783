import { randomKey, RandomStream } from '../../src/core/random';

/** Numbers for the restarts of an oracle, the same in every run. */
export function oracleRandom(name: string, seed: number): RandomStream {
  return new RandomStream(randomKey(seed, 'oracle', name));
}

/** `count` different numbers of 0..bound−1. */
export function chooseDistinct(random: RandomStream, count: number, bound: number): number[] {
  const order = Array.from({ length: bound }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const other = i + random.integer(bound - i);
    [order[i], order[other]] = [Number(order[other]), Number(order[i])];
  }
  return order.slice(0, count);
}
