import { THREEFRY_PARITY, THREEFRY_ROTATIONS, THREEFRY_ROUNDS } from '../../core/threefry';

/**
 * Threefry-2x32-20 in WGSL, unrolled: the same bits as `core/threefry`. u32 arithmetic wraps by definition.
 */
export function threefryWgsl(): string {
  const lines: string[] = [];
  const schedule = ['key.x', 'key.y', 'parity'];
  for (let round = 0; round < THREEFRY_ROUNDS; round++) {
    const distance = THREEFRY_ROTATIONS[(round & 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7];
    lines.push(`  x += y; y = ((y << ${distance}u) | (y >> ${32 - distance}u)) ^ x;`);
    if ((round & 3) === 3) {
      const injection = (round >> 2) + 1;
      const first = schedule[injection % 3];
      const second = schedule[(injection + 1) % 3];
      lines.push(`  x += ${first}; y += ${second} + ${injection}u;`);
    }
  }
  return `fn threefry2x32(key: vec2<u32>, counter: vec2<u32>) -> vec2<u32> {
  let parity = ${THREEFRY_PARITY}u ^ key.x ^ key.y;
  var x = counter.x + key.x;
  var y = counter.y + key.y;
${lines.join('\n')}
  return vec2<u32>(x, y);
}`;
}

/** `core/random` uniformAt: 24 bits, exact in float32. */
export const UNIFORM_AT = `fn uniformAt(key: vec2<u32>, step: u32, index: u32) -> f32 {
  return f32(threefry2x32(key, vec2<u32>(index, step)).x >> 8u) * 5.9604644775390625e-8f;
}`;

/** `core/random` permuteIndex: a Feistel network with cycle walking. */
export const PERMUTE_INDEX = `fn permuteIndex(key: vec2<u32>, epoch: u32, count: u32, halfBits: u32, index: u32) -> u32 {
  let mask = (1u << halfBits) - 1u;
  var value = index;
  loop {
    var left = value >> halfBits;
    var right = value & mask;
    for (var round = 0u; round < 4u; round++) {
      let next = left ^ (threefry2x32(key, vec2<u32>(right + round * 0x10000u, epoch)).x & mask);
      left = right;
      right = next;
    }
    value = (left << halfBits) | right;
    if (value < count) { break; }
  }
  return value;
}`;

/**
 * `core/random` sampleRow. position = step·batch + index is split by step = q·count + r, so that it may
 * exceed 32 bits: epoch = q·batch + ⌊(r·batch + index) / count⌋.
 */
export const SAMPLE_ROW = `fn sampleRow(key: vec2<u32>, step: u32, batch: u32, count: u32, halfBits: u32, index: u32) -> i32 {
  let position = (step % count) * batch + index;
  let epoch = (step / count) * batch + position / count;
  return i32(permuteIndex(key, epoch, count, halfBits, position % count));
}`;
