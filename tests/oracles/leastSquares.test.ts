import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { linearReadout } from './leastSquares';

describe('linearReadout', () => {
  it('is 1 for what is affine in the features, also where they repeat each other', () => {
    const features = new Matrix([[0, 0, 0], [1, 0, 2], [0, 1, 0], [2, 3, 4], [1, 1, 2]]); // prettier-ignore
    const targets = new Matrix(
      features.to2DArray().map(([x = 0, y = 0]) => [3 * x - y + 5, y - 1]),
    );
    const rows = { features, targets };
    expect(linearReadout(rows, rows)).toBeCloseTo(1, 10);
  });

  it('is scored on the held-out rows, against their own mean', () => {
    const column = (values: number[]): Matrix => Matrix.columnVector(values);
    // The best line through (0, 0), (1, 1), (2, 2) is the diagonal; on 0, 1 it predicts 0, 1 of 1, 1.5.
    const training = { features: column([0, 1, 2]), targets: column([0, 1, 2]) };
    const heldOut = { features: column([0, 1]), targets: column([1, 1.5]) };
    // 1 − (1 + 0.25)/(2 · 0.25²).
    expect(linearReadout(training, heldOut)).toBeCloseTo(-9, 10);
  });
});
