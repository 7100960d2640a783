import { describe, expect, it } from 'vitest';
import { logDensityOfMoons, nearestOnEllipse, nearestOnMoons, nearestOnSpiral } from './curves';

describe('the nearest point of the moons', () => {
  it('is at radius 1 of the nearer half circle, or one of its ends', () => {
    // Above the upper moon; inside it; beside its left end, below it.
    expect(nearestOnMoons([0, 1.5]).distance).toBeCloseTo(0.5, 9);
    expect(nearestOnMoons([-0.5, 0]).distance).toBeCloseTo(0.5, 9);
    expect(nearestOnMoons([-1.2, -0.1]).distance).toBeCloseTo(Math.hypot(0.2, 0.1), 9);
    // The lower moon is the half circle around (1, ½) below.
    expect(nearestOnMoons([1, -0.7]).distance).toBeCloseTo(0.2, 9);
    expect(nearestOnMoons([1, -0.7]).point[1]).toBeCloseTo(-0.5, 9);
  });
});

describe('the nearest point of the spiral', () => {
  it('is the point itself on the curve', () => {
    for (const t of [0, 0.123, 0.77, 1]) {
      for (const arm of [0, 1, 2]) {
        const angle = ((2 * t + arm) * 2 * Math.PI) / 3;
        const radius = 0.8 * t + 0.2;
        const point = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
        expect(nearestOnSpiral(point, 3).distance).toBeLessThan(1e-9);
      }
    }
  });

  it('is the foot of the normal', () => {
    // One arm: the tangent at t is r′ along the radius and r·4π across it.
    const t = 0.6;
    const radius = 0.8 * t + 0.2;
    const angle = 4 * Math.PI * t;
    const length = Math.hypot(0.8, radius * 4 * Math.PI);
    const normal = [(radius * 4 * Math.PI) / length, -0.8 / length] as const;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const offset = 0.05;
    const point = [
      radius * cos + offset * (normal[0] * cos - normal[1] * sin),
      radius * sin + offset * (normal[0] * sin + normal[1] * cos),
    ] as const;
    const { distance, point: foot } = nearestOnSpiral(point, 1);
    expect(distance).toBeCloseTo(offset, 9);
    expect(foot[0]).toBeCloseTo(radius * cos, 6);
    expect(foot[1]).toBeCloseTo(radius * sin, 6);
  });

  it('is nearer than any of many points of the curve', () => {
    const point = [0.31, -0.42] as const;
    const { distance } = nearestOnSpiral(point, 2);
    let least = Infinity;
    for (let i = 0; i <= 200_000; i++) {
      const t = i / 200_000;
      for (const arm of [0, 1]) {
        const angle = (2 * t + arm) * Math.PI;
        const radius = 0.8 * t + 0.2;
        const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
        least = Math.min(least, Math.hypot(point[0] - x, point[1] - y));
      }
    }
    expect(distance).toBeLessThanOrEqual(least + 1e-12);
    expect(distance).toBeCloseTo(least, 8);
  });
});

describe('the density of the moons', () => {
  it('integrates to 1', () => {
    const cell = 0.1;
    let total = 0;
    for (let x = -1.6; x < 2.6; x += cell) {
      for (let y = -1.1; y < 1.6; y += cell) total += Math.exp(logDensityOfMoons([x, y], 0.1));
    }
    expect(total * cell ** 2).toBeCloseTo(1, 4);
  });

  it('is that of a Gaussian around a point where the noise is far wider than the moons', () => {
    // The moons have their common mean at (½, ¼).
    const noise = 30;
    const square = 12.5 ** 2 + 3.75 ** 2;
    const expected = -square / (2 * noise ** 2) - Math.log(2 * Math.PI * noise ** 2);
    expect(logDensityOfMoons([13, 4], noise)).toBeCloseTo(expected, 2);
  });
});

describe('the nearest point of an ellipse', () => {
  it('lies on the axes where the point does, from outside and from the middle', () => {
    expect(nearestOnEllipse([3, 0], 2, 1.5).distance).toBeCloseTo(1, 9);
    expect(nearestOnEllipse([0, -2], 2, 1.5).distance).toBeCloseTo(0.5, 9);
    expect(nearestOnEllipse([0, 0], 2, 1.5).distance).toBeCloseTo(1.5, 9);
  });

  it('is the foot of the normal, which is (y₁/r₁², y₂/r₂²)', () => {
    for (const angle of [0.3, 1.1, 2.5, 4, 6.2]) {
      const foot = [2 * Math.sin(angle), 1.5 * Math.cos(angle)] as const;
      const normal = [foot[0] / 4, foot[1] / 2.25] as const;
      const length = Math.hypot(...normal);
      const offset = 0.7;
      const found = nearestOnEllipse(
        [foot[0] + (offset * normal[0]) / length, foot[1] + (offset * normal[1]) / length],
        2,
        1.5,
      );
      expect(found.distance).toBeCloseTo(offset, 9);
      expect(found.point[0]).toBeCloseTo(foot[0], 6);
      expect(found.point[1]).toBeCloseTo(foot[1], 6);
    }
  });
});
