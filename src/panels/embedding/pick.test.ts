import { describe, expect, it } from 'vitest';
import { isWithin, pointNear, pointsWithin, type Polygon } from './pick';

/** A U: open above, from 0 to 6 in both directions, its notch from 2 to 4 down to 2. */
const U: Polygon = [
  [0, 0],
  [6, 0],
  [6, 6],
  [4, 6],
  [4, 2],
  [2, 2],
  [2, 6],
  [0, 6],
];

describe('isWithin', () => {
  it('knows the inside of a line that is bent inwards', () => {
    for (const [x, y] of [[1, 5], [5, 5], [3, 1], [1, 1]] as const) expect(isWithin(U, x, y)).toBe(true); // prettier-ignore
    for (const [x, y] of [[3, 4], [7, 3], [-1, 3], [3, -1], [3, 7]] as const) expect(isWithin(U, x, y)).toBe(false); // prettier-ignore
  });

  it('agrees with the definition for a triangle: on one side of all three edges', () => {
    const corners = [[1.03, 1.11], [9.02, 2.07], [4.01, 8.13]] as const; // prettier-ignore
    const side = (a: readonly [number, number], b: readonly [number, number], x: number, y: number) => Math.sign((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])); // prettier-ignore
    for (let x = 0.25; x < 10; x += 0.5) {
      for (let y = 0.25; y < 10; y += 0.5) {
        const signs = corners.map((corner, i) =>
          side(corner, corners[(i + 1) % 3] ?? corner, x, y),
        );
        expect(isWithin(corners, x, y)).toBe(signs.every((sign) => sign === signs[0]));
      }
    }
  });

  it('finds nothing inside of less than a triangle', () => {
    expect(isWithin([], 0, 0)).toBe(false);
    expect(isWithin([[0, 0], [4, 4]], 2, 2)).toBe(false); // prettier-ignore
  });
});

describe('points', () => {
  const seen = Float32Array.of(1, 5, 0, 3, 4, 0, 5, 5, 0, 5, 5, 0.5);

  it('are chosen within a line', () => {
    expect(pointsWithin(seen, U)).toEqual([0, 2, 3]);
  });

  it('are found near a place, the one in front of those that coincide', () => {
    expect(pointNear(seen, 1.5, 5, 2)).toBe(0);
    expect(pointNear(seen, 5, 5, 2)).toBe(3);
    expect(pointNear(seen, 9, 9, 2)).toBe(-1);
  });
});
