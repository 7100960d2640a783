import { describe, expect, it } from 'vitest';
import { randomKey, sampleRow, uniformAt } from '../../core/random';
import { sampleRowsArray, uniformArray } from './hostRandom';

const KEYS = [randomKey(1, 'a', 'noise'), [0xffffffff, 0x80000001], [0, 0]] as const;

describe('uniformArray', () => {
  it('equals uniformAt to the bit', () => {
    for (const key of KEYS) {
      for (const step of [0, 1, 77, 2 ** 31 - 1, -1]) {
        const expected = Array.from({ length: 300 }, (_, index) => uniformAt(key, step, index));
        expect([...uniformArray(key, step, 300)]).toEqual(expected);
      }
    }
  });
});

describe('sampleRowsArray', () => {
  it('equals sampleRow for sizes around powers of two and across epochs', () => {
    for (const key of KEYS) {
      for (const count of [1, 2, 5, 16, 17, 1000]) {
        for (const step of [0, 3, 41, 123_456]) {
          const expected = Array.from({ length: 24 }, (_, index) =>
            sampleRow(key, step, 24, count, index),
          );
          expect([...sampleRowsArray(key, step, 24, count)]).toEqual(expected);
        }
      }
    }
  });

  it('draws every row once an epoch', () => {
    const rows = [0, 1, 2, 3].flatMap((step) => [...sampleRowsArray(KEYS[0], step, 25, 100)]);
    expect(new Set(rows).size).toBe(100);
  });
});
