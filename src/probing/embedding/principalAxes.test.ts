import { describe, expect, it } from 'vitest';
import { randomKey, RandomStream } from '../../core/random';
import { rowMatrix, type RowMatrix } from '../rowMatrix';
import { principalAxes, projected } from './principalAxes';

/** Σ over the spans of deviation · a · bᵀ, `a` of zero mean and length √(N − 1), `b` a unit vector: its variances are their squares. */
function spread(
  rows: number,
  spans: readonly (readonly [number, number[], number[]])[],
): RowMatrix {
  const columns = spans[0]?.[2].length ?? 0;
  const values = Array.from({ length: rows * columns }, (_, at) =>
    spans.reduce((sum, [deviation, a, b]) => {
      return sum + deviation * (a[Math.floor(at / columns)] ?? 0) * (b[at % columns] ?? 0);
    }, 0),
  );
  return rowMatrix(rows, columns, Float64Array.from(values));
}

/** Cosines of one frequency: of zero mean, of length √(N − 1), and at right angles to those of another one. */
const wave = (rows: number, frequency: number): number[] =>
  Array.from(
    { length: rows },
    (_, row) =>
      Math.sqrt((2 * (rows - 1)) / rows) * Math.cos((Math.PI * frequency * (row + 0.5)) / rows),
  );
const unit = (columns: number, frequency: number): number[] =>
  wave(columns, frequency).map((value) => value / Math.sqrt(columns - 1));

describe('principalAxes', () => {
  it('are the eigenvectors of the covariance, here of [[5, 3], [3, 5]]/3', () => {
    // (2, 2), (−2, −2), (1, −1) and (−1, 1) moved by (10, −4): Σ xxᵀ = [[10, 6], [6, 10]].
    const values = [12, -2, 8, -6, 11, -5, 9, -3];
    const { mean, axes, variances, totalVariance } = principalAxes(
      rowMatrix(4, 2, Float64Array.from(values)),
      2,
    );
    expect([...mean]).toEqual([10, -4]);
    expect(variances[0]).toBeCloseTo(16 / 3, 12);
    expect(variances[1]).toBeCloseTo(4 / 3, 12);
    expect(totalVariance).toBeCloseTo(20 / 3, 12);
    const [first, second] = axes;
    expect(first?.[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(first?.[1]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(Math.abs(second?.[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it.each([
    ['narrow', 12, 40],
    ['wide', 400, 40],
    ['wide and with many rows', 300, 500],
  ])('has the variances and the axes that %s rows were made with', (_, columns, rows) => {
    const deviations = [3, 2, 1.5, 0.4, 0.3, 0.2];
    const matrix = spread(
      rows,
      deviations.map((deviation, i) => [deviation, wave(rows, i + 1), unit(columns, i + 1)]),
    );
    const { axes, variances } = principalAxes(matrix, 3);
    [9, 4, 2.25].forEach((variance, i) => {
      expect(variances[i]).toBeCloseTo(variance, 6);
      const along = unit(columns, i + 1).reduce((sum, b, at) => sum + b * (axes[i]?.[at] ?? 0), 0);
      expect(Math.abs(along)).toBeCloseTo(1, 8);
    });
  });

  it('decomposes noise of wide rows nearly as well as the whole covariance would', () => {
    // Of 200 columns, the least favourable case: no direction stands out.
    const random = new RandomStream(randomKey(1, 'noise', 'x'));
    const noise = Float64Array.from({ length: 260 * 200 }, () => random.normal());
    const narrow = principalAxes(rowMatrix(260, 190, noise.slice(0, 260 * 190)), 2);
    const wide = principalAxes(rowMatrix(260, 200, noise), 2);
    // (1 + √(D/N))², the edge of Marchenko and Pastur (1967), for both.
    expect(narrow.variances[0]).toBeCloseTo((1 + Math.sqrt(190 / 260)) ** 2, 0);
    expect(wide.variances[0]).toBeGreaterThan(0.95 * (1 + Math.sqrt(200 / 260)) ** 2 - 0.25);
  });

  it('puts rows where they lie along the axes, and 0 where there is no axis', () => {
    const matrix = rowMatrix(3, 1, Float64Array.of(1, 3, 8));
    expect([...projected(matrix, principalAxes(matrix, 2), 2)]).toEqual([-3, 0, -1, 0, 4, 0]);
  });

  it('finds nothing in rows that are all the same', () => {
    const same = rowMatrix(5, 300, new Float64Array(1500).fill(2));
    const { variances, totalVariance } = principalAxes(same, 2);
    expect(totalVariance).toBe(0);
    expect(variances.every((variance) => variance === 0)).toBe(true);
    expect(projected(same, principalAxes(same, 2), 2).every((place) => place === 0)).toBe(true);
  });
});
