import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findRoom, type Box } from './findRoom';

const SIZE = { width: 100, height: 60 };

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

it('takes the wanted place where it is free', () => {
  expect(findRoom([], SIZE, { x: 8, y: 16 })).toEqual({ x: 8, y: 16 });
  expect(findRoom([{ x: 400, y: 0, ...SIZE }], SIZE, { x: 8, y: 16 })).toEqual({ x: 8, y: 16 });
});

it('goes below what stands there, by no more than it must', () => {
  const place = findRoom([{ x: 0, y: 0, ...SIZE }], SIZE, { x: 0, y: 0 });
  expect(place.x).toBe(0);
  expect(place.y).toBeGreaterThanOrEqual(SIZE.height);
  expect(place.y).toBeLessThan(SIZE.height + 48);
});

it('overlaps nothing', () => {
  const box = fc.record({
    x: fc.integer({ min: -500, max: 500 }),
    y: fc.integer({ min: -500, max: 500 }),
    width: fc.integer({ min: 48, max: 240 }),
    height: fc.integer({ min: 48, max: 240 }),
  });
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), (boxes) => {
      const place = findRoom(boxes, SIZE, { x: 0, y: 0 });
      expect(boxes.some((other) => overlaps({ ...place, ...SIZE }, other))).toBe(false);
    }),
    { numRuns: 60 },
  );
});
