import { describe, expect, it } from 'vitest';
import {
  ASKEW,
  extentOf,
  FRONT,
  panned,
  pixelsPerUnit,
  projectAll,
  projection,
  steadyExtent,
  turned,
  zoomed,
} from './camera';
import { scaleLength } from './drawOverlay';

const SIZE = { width: 400, height: 240 };
const CORNERS = Float32Array.of(-3, 1, 0, 5, 2, 0, 1, -4, 0);

describe('a camera', () => {
  it('sees all points of a plane as large as they fit, the vertical axis upwards', () => {
    const extent = extentOf(CORNERS, false);
    const seen = projectAll(CORNERS, projection(extent, FRONT, SIZE));
    // 6 units of height in 200 pixels.
    expect(pixelsPerUnit(extent, FRONT, SIZE)).toBeCloseTo(100 / 3, 4);
    expect(seen[4]).toBeCloseTo(20, 3);
    expect(seen[7]).toBeCloseTo(220, 3);
    expect((seen[0] ?? 0) + (seen[3] ?? 0)).toBeCloseTo(400, 3);
  });

  it('never loses a point of a space by turning', () => {
    const space = Float32Array.of(0, 0, 0, 4, 0, 1, 0, 3, -2, 1, 1, 5);
    const extent = extentOf(space, true);
    for (let turn = 0; turn < 12; turn++) {
      const camera = turned(ASKEW, turn, 0.4 * turn - 2);
      const seen = projectAll(space, projection(extent, camera, SIZE));
      for (let at = 0; at < seen.length; at += 3) {
        expect(seen[at]).toBeGreaterThanOrEqual(0);
        expect(seen[at]).toBeLessThanOrEqual(400);
        expect(seen[at + 1]).toBeGreaterThanOrEqual(0);
        expect(seen[at + 1]).toBeLessThanOrEqual(240);
        expect(Math.abs(seen[at + 2] ?? NaN)).toBeLessThanOrEqual(1 + 1e-6);
      }
    }
  });

  it('sees what was in front at the side after a quarter turn', () => {
    const front = Float32Array.of(0, 0, 1, 0, 0, -1);
    const extent = extentOf(front, true);
    const before = projectAll(front, projection(extent, FRONT, SIZE));
    expect([before[0], before[3]]).toEqual([200, 200]);
    expect(before[2]).toBeGreaterThan(0);
    const after = projectAll(front, projection(extent, turned(FRONT, Math.PI / 2, 0), SIZE));
    expect(after[0]).toBeGreaterThan(200);
    expect(after[2]).toBeCloseTo(0, 6);
  });

  it('keeps what is under the pointer there when it comes nearer', () => {
    const extent = extentOf(CORNERS, false);
    const camera = panned(FRONT, 30, -12);
    const [x = NaN, y = NaN] = projectAll(CORNERS, projection(extent, camera, SIZE));
    const near = projection(extent, zoomed(camera, 2.5, [x, y], SIZE), SIZE);
    const seen = projectAll(CORNERS, near);
    expect(seen[0]).toBeCloseTo(x, 3);
    expect(seen[1]).toBeCloseTo(y, 3);
  });
});

describe('steadyExtent', () => {
  const square = (half: number, shift = 0) => ({
    centre: [shift, 0, 0] as const,
    half: [half, half, 1e-9] as const,
  });

  it('stays while points fill it, and follows when they leave it or shrink away', () => {
    const before = square(10);
    expect(steadyExtent(before, square(9, 0.5))).toBe(before);
    expect(steadyExtent(before, square(9, 4))).toEqual(square(9, 4));
    expect(steadyExtent(before, square(2))).toEqual(square(2));
    expect(steadyExtent(null, square(3))).toEqual(square(3));
  });
});

describe('scaleLength', () => {
  it('is a round number, as long as there is room', () => {
    expect([0.0034, 1, 1.9, 2, 49, 700].map(scaleLength)).toEqual([0.002, 1, 1, 2, 20, 500]);
  });
});
