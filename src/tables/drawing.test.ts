import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeDigits,
  decodePoints,
  DIGITS_TEXT,
  DRAWN_LIMIT,
  encodeDigits,
  encodePoints,
  LONGEST_DIGITS,
  LONGEST_POINTS,
  MOST_DIGITS,
  MOST_POINTS,
  POINTS_TEXT,
} from './drawing';

const coordinate = fc.double({ min: -DRAWN_LIMIT, max: DRAWN_LIMIT, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate, label: fc.integer({ min: 0, max: 7 }) });
const digit = fc.record({
  pixels: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 64, maxLength: 64 }),
  label: fc.integer({ min: 0, max: 9 }),
});

describe('drawings as text', () => {
  it('has points to half a thousandth, five letters each', () => {
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const text = encodePoints(points);
        expect(text).toHaveLength(5 * points.length);
        expect(text).toMatch(POINTS_TEXT);
        const back = decodePoints(text);
        back.forEach(({ x, y, label }, index) => {
          expect(Math.abs(x - (points[index]?.x ?? NaN))).toBeLessThan(5e-4);
          expect(Math.abs(y - (points[index]?.y ?? NaN))).toBeLessThan(5e-4);
          expect(label).toBe(points[index]?.label);
        });
        // What was read is written the same: a document that is opened is not changed.
        expect(encodePoints(back)).toBe(text);
      }),
    );
  });

  it('has digits as they are', () => {
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 20 }), (digits) => {
        const text = encodeDigits(digits);
        expect(text).toMatch(DIGITS_TEXT);
        expect(decodeDigits(text)).toEqual(digits);
      }),
    );
  });

  it('has no more than a document holds', () => {
    const points = Array.from({ length: MOST_POINTS + 5 }, () => ({ x: 0, y: 9, label: 1 }));
    expect(encodePoints(points)).toHaveLength(LONGEST_POINTS);
    expect(decodePoints(encodePoints(points))[0]?.y).toBe(DRAWN_LIMIT);
    const pixels = Array<number>(64).fill(0);
    const digits = Array.from({ length: MOST_DIGITS + 5 }, () => ({ pixels, label: 1 }));
    expect(encodeDigits(digits)).toHaveLength(LONGEST_DIGITS);
  });
});
