import { describe, expect, it } from 'vitest';
import { threefry2x32, type Word2 } from './threefry';

describe('threefry2x32', () => {
  // Known-answer vectors of the Random123 distribution (kat_vectors, threefry2x32 20).
  const vectors: readonly (readonly [counter: Word2, key: Word2, result: Word2])[] = [
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x243f6a88, 0x85a308d3],
      [0x13198a2e, 0x03707344],
      [0xc4923a9c, 0x483df7a0],
    ],
  ];

  it.each(vectors)('counter %j with key %j gives %j', (counter, key, result) => {
    expect(threefry2x32(key, counter)).toEqual(result);
  });

  it('takes signed words as the same bits', () => {
    expect(threefry2x32([-1, -1], [-1, -1])).toEqual([0x1cb996fc, 0xbb002be7]);
  });
});
