import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random';
import { columnDeviations, rowMatrix, unitRows, type RowMatrix } from './rowMatrix';
import { singularValues } from './singularValues';
import { effectiveRank, participationRatio } from './spectrum';

function gaussian(rows: number, columns: number, seed = 1): RowMatrix {
  const random = new RandomStream([seed, 7]);
  return rowMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.normal()),
  );
}

/** H = I − 2vvᵀ/‖v‖² applied to the rows of a diagonal matrix: known singular values, no zeros. */
function reflectedDiagonal(diagonal: readonly number[], rows: number): RowMatrix {
  const v = Array.from({ length: rows }, (_, i) => 1 + ((i * 7) % 5));
  const square = v.reduce((sum, x) => sum + x * x, 0);
  const values = new Float64Array(rows * diagonal.length);
  for (let i = 0; i < rows; i++) {
    diagonal.forEach((d, j) => {
      const h = (i === j ? 1 : 0) - (2 * (v[i] ?? 0) * (v[j] ?? 0)) / square;
      values[i * diagonal.length + j] = h * d;
    });
  }
  return { rows, columns: diagonal.length, values };
}

function transpose({ rows, columns, values }: RowMatrix): RowMatrix {
  const flipped = values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)] ?? 0);
  return { rows: columns, columns: rows, values: flipped };
}

describe('singularValues', () => {
  it('finds those of a matrix made from them, tall and wide', () => {
    const matrix = reflectedDiagonal([5, 3, 2, 0.5], 9);
    const expected = [5, 3, 2, 0.5];
    for (const [i, value] of singularValues(matrix).entries()) {
      expect(value).toBeCloseTo(expected[i] ?? NaN, 12);
    }
    for (const [i, value] of singularValues(transpose(matrix)).entries()) {
      expect(value).toBeCloseTo(expected[i] ?? NaN, 12);
    }
  });

  it('has the Frobenius norm of the matrix', () => {
    const matrix = gaussian(40, 12);
    const squares = matrix.values.reduce((sum, x) => sum + x * x, 0);
    expect(singularValues(matrix).reduce((sum, s) => sum + s * s, 0)).toBeCloseTo(squares, 9);
  });
});

describe('effectiveRank', () => {
  it('is the number of equal values, and 1 for a single one', () => {
    expect(effectiveRank([2, 2, 2, 2])).toBeCloseTo(4, 4);
    expect(effectiveRank([1])).toBeCloseTo(1, 4);
    expect(effectiveRank([0, 0])).toBe(0);
  });

  it('is the exponential of the entropy of shares', () => {
    // Shares 3/4 and 1/4: exp(−¾ ln ¾ − ¼ ln ¼) = 4 / 3^¾.
    expect(effectiveRank([3, 1])).toBeCloseTo(4 / 3 ** 0.75, 5);
    expect(effectiveRank([30, 10])).toBeCloseTo(4 / 3 ** 0.75, 5);
  });

  it('does not feel what a Gram matrix cannot resolve', () => {
    const exact = [...Array.from({ length: 64 }, () => 1), ...Array.from({ length: 64 }, () => 0)];
    const unresolved = exact.map((value) => Math.max(value, 1e-8));
    expect(Math.abs(effectiveRank(exact) - effectiveRank(unresolved))).toBeLessThan(1e-3);
  });
});

describe('participationRatio', () => {
  it('is tr(C)² / ‖C‖² of the covariance', () => {
    // Variances 4 and 1: 25 / 17.
    expect(participationRatio([2, 1])).toBeCloseTo(25 / 17, 12);
    expect(participationRatio([1, 1, 1])).toBeCloseTo(3, 12);
    expect(participationRatio([0])).toBe(0);
  });
});

describe('deviations', () => {
  it('divide by rows − 1', () => {
    const matrix = rowMatrix(3, 2, Float64Array.of(1, 10, 2, 10, 3, 10));
    expect([...columnDeviations(matrix)]).toEqual([1, 0]);
  });

  it('of unit rows of an isotropic sample are about 1/√dim', () => {
    const deviations = columnDeviations(unitRows(gaussian(2000, 16)));
    for (const deviation of deviations) expect(deviation).toBeCloseTo(0.25, 1);
  });

  it('of a zero row do not divide by zero', () => {
    expect([...unitRows(rowMatrix(1, 2, Float64Array.of(0, 0))).values]).toEqual([0, 0]);
  });
});
