/**
 * Threefry-2x32-20, a counter-based random function: 64 bits out of a 64-bit key and a 64-bit counter.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3" (SC 2011).
 * Add, rotate and xor on 32 bits only, so the same bits come out on every engine, WGSL included.
 */

/** Two unsigned 32-bit words. */
export type Word2 = readonly [number, number];

/** Key-schedule parity of the Threefish family for 32-bit words. */
export const THREEFRY_PARITY = 0x1bd11bda;
/** Rotation distances, used in cycles of eight rounds. */
export const THREEFRY_ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
export const THREEFRY_ROUNDS = 20;

export function threefry2x32(key: Word2, counter: Word2): [number, number] {
  const [key0, key1] = key;
  const schedule = [key0, key1, THREEFRY_PARITY ^ key0 ^ key1] as const;
  let x0 = (counter[0] + key0) | 0;
  let x1 = (counter[1] + key1) | 0;
  for (let round = 0; round < THREEFRY_ROUNDS; round++) {
    const distance = THREEFRY_ROTATIONS[(round & 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7];
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << distance) | (x1 >>> (32 - distance))) ^ x0;
    if ((round & 3) === 3) {
      const injection = (round >> 2) + 1;
      x0 = (x0 + schedule[(injection % 3) as 0 | 1 | 2]) | 0;
      x1 = (x1 + schedule[((injection + 1) % 3) as 0 | 1 | 2] + injection) | 0;
    }
  }
  return [x0 >>> 0, x1 >>> 0];
}
