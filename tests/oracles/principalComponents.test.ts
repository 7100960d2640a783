import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  linearGaussianLogLikelihood,
  meanSquaredDistance,
  principalAngles,
  principalComponents,
  projectRows,
} from './principalComponents';

/** Eight corners of a box of half extents 3, 2 and 1 around (1, 1, 1), turned about the third axis. */
function box(turn: number): Matrix {
  const corners = [-1, 1].flatMap((x) =>
    [-1, 1].flatMap((y) => [-1, 1].map((z) => [3 * x, 2 * y, z])),
  );
  const rotation = new Matrix([
    [Math.cos(turn), Math.sin(turn), 0],
    [-Math.sin(turn), Math.cos(turn), 0],
    [0, 0, 1],
  ]);
  return new Matrix(corners).mmul(rotation).add(1);
}

describe('principal components', () => {
  it('of a box are its edges, and the variances their half extents squared', () => {
    const { axes, mean, variances } = principalComponents(box(0.4), 2);
    expect([...mean]).toEqual([1, 1, 1].map((value) => expect.closeTo(value, 12)));
    expect([...variances]).toEqual([9, 4, 1].map((value) => expect.closeTo(value, 12)));
    expect(Math.abs(axes.get(0, 0))).toBeCloseTo(Math.cos(0.4), 12);
    expect(Math.abs(axes.get(0, 1))).toBeCloseTo(Math.sin(0.4), 12);
  });

  it('leave the variance of the directions that are left out', () => {
    const rows = box(0.4);
    const found = principalComponents(rows, 1);
    expect(meanSquaredDistance(projectRows(found, rows), rows)).toBeCloseTo(4 + 1, 12);
  });
});

describe('principal angles', () => {
  it('between two planes that share a line are 0 and their angle, whatever their bases', () => {
    const angle = 0.03;
    const flat = new Matrix([
      [1, 2],
      [0, 1],
      [0, 0],
    ]);
    const tilted = new Matrix([
      [5, 1],
      [0, Math.cos(angle)],
      [0, Math.sin(angle)],
    ]);
    const [least, largest] = principalAngles(flat, tilted);
    expect(least).toBeLessThan(1e-5);
    expect(largest).toBeCloseTo((angle * 180) / Math.PI, 6);
  });
});

describe('the linear-Gaussian likelihood', () => {
  it('is the density of N(mean, C) where C is written out', () => {
    const rows = box(0);
    // Of variances 9, 4, 1 the first two are modelled: C = diag(9, 4, ½).
    const expected = [9, 4, 0.5].reduce((sum, model, d) => {
      const variance = [9, 4, 1][d] ?? NaN;
      return sum - 0.5 * (Math.log(2 * Math.PI * model) + variance / model);
    }, 0);
    const found = linearGaussianLogLikelihood(principalComponents(rows, 2), 0.5, rows);
    expect(found).toBeCloseTo(expected, 12);
  });

  it('takes nothing along an axis whose variance is below the noise', () => {
    const rows = box(0);
    const expected = [9, 5, 5].reduce((sum, model, d) => {
      const variance = [9, 4, 1][d] ?? NaN;
      return sum - 0.5 * (Math.log(2 * Math.PI * model) + variance / model);
    }, 0);
    const found = linearGaussianLogLikelihood(principalComponents(rows, 2), 5, rows);
    expect(found).toBeCloseTo(expected, 12);
  });
});
