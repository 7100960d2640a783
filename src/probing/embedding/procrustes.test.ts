import { describe, expect, it } from 'vitest';
import { aligned, type Cloud } from './procrustes';

const ids = (...all: number[]): Int32Array => Int32Array.from(all);

/** Each point through a function. */
function mapped({ points, dimensions, ...rest }: Cloud, map: (point: number[]) => number[]): Cloud {
  const moved = Array.from({ length: points.length / dimensions }, (_, row) =>
    map([...points.subarray(row * dimensions, (row + 1) * dimensions)]),
  ).flat();
  return { ...rest, dimensions, points: Float32Array.from(moved) };
}

const PLANE: Cloud = {
  dimensions: 2,
  points: Float32Array.of(0, 0, 4, 0, 4, 1, 1, 3, -2, 2),
  ids: ids(0, 1, 2, 3, 4),
};
const SPACE: Cloud = {
  dimensions: 3,
  points: Float32Array.of(0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0, 1, 1, 1, 1),
  ids: ids(0, 1, 2, 3, 4),
};

function expectNear(found: Float32Array, wanted: Float32Array): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at] ?? NaN, 4));
}

describe('aligned', () => {
  it('turns a rotated and moved copy back', () => {
    const [c, s] = [Math.cos(2.1), Math.sin(2.1)];
    const copy = mapped(PLANE, ([x = 0, y = 0]) => [c * x - s * y + 7, s * x + c * y - 3]);
    expectNear(aligned(copy, PLANE), PLANE.points);
    const turned = mapped(SPACE, ([x = 0, y = 0, z = 0]) => [z, c * x - s * y, s * x + c * y]);
    expectNear(aligned(turned, SPACE), SPACE.points);
  });

  it('mirrors a mirrored copy back', () => {
    expectNear(
      aligned(
        mapped(PLANE, ([x = 0, y = 0]) => [y, x]),
        PLANE,
      ),
      PLANE.points,
    );
  });

  it('does not scale: what shrinks is seen to shrink', () => {
    const small = mapped(PLANE, (point) => point.map((value) => value / 10));
    const found = aligned(small, PLANE);
    const span = (points: Float32Array) => Math.hypot((points[2] ?? 0) - (points[0] ?? 0), (points[3] ?? 0) - (points[1] ?? 0)); // prettier-ignore
    expect(span(found)).toBeCloseTo(span(PLANE.points) / 10, 5);
  });

  it('goes by the points that both have, wherever these stand', () => {
    const [c, s] = [Math.cos(-0.7), Math.sin(-0.7)];
    const turned = mapped(PLANE, ([x = 0, y = 0]) => [c * x - s * y, s * x + c * y]);
    const other: Cloud = {
      dimensions: 2,
      points: Float32Array.of(50, 50, ...turned.points.slice(2)),
      ids: ids(17, 1, 2, 3, 4),
    };
    expectNear(aligned(other, PLANE).slice(2), PLANE.points.slice(2));
  });

  it('leaves a cloud alone that shares nothing with the target', () => {
    const other = { ...PLANE, ids: ids(10, 11, 12, 13, 14) };
    expect(aligned(other, PLANE)).toBe(other.points);
    expect(aligned(PLANE, SPACE)).toBe(PLANE.points);
  });

  it('keeps points that have all become one where the target is', () => {
    const collapsed = { ...PLANE, points: new Float32Array(10).fill(3) };
    const found = aligned(collapsed, PLANE);
    for (let at = 0; at < found.length; at += 2) {
      expect(found[at]).toBeCloseTo(1.4, 5);
      expect(found[at + 1]).toBeCloseTo(1.2, 5);
    }
  });
});
