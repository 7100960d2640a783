import { describe, expect, it } from 'vitest';
import { knnClasses, knnNumbers } from './knn';
import { accuracy } from './labelled';
import { ridgePredictions } from './ridge';
import { rowMatrix, type RowMatrix } from './rowMatrix';
import { confusionMatrix, largestColumns, rSquared } from './scores';
import { digits, firstRows } from './testing/labelledData';

const { train, test } = digits(firstRows(1437));

/** Row and column of the centre of mass of the ink. */
function centres({ rows, columns, values }: RowMatrix): RowMatrix {
  const found = new Float64Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const pixels = values.subarray(row * columns, (row + 1) * columns);
    const ink = pixels.reduce((sum, value) => sum + value, 0);
    const moment = (place: (pixel: number) => number): number =>
      pixels.reduce((sum, value, pixel) => sum + value * place(pixel), 0) / ink;
    found[row * 2] = moment((pixel) => Math.floor(pixel / 8));
    found[row * 2 + 1] = moment((pixel) => pixel % 8);
  }
  return rowMatrix(rows, 2, found);
}

function firstColumns({ rows, columns, values }: RowMatrix, count: number): RowMatrix {
  return rowMatrix(
    rows,
    count,
    values.filter((_, i) => i % columns < count),
  );
}

/** The numbers are those of scikit-learn 1.2.1, by tests/oracles/probes.py. */
describe('readers of frozen features', () => {
  it('vote for classes as scikit-learn’s neighbours do', () => {
    const predicted = knnClasses(train, test.features, 10);
    expect(accuracy(predicted, test.labels)).toBeCloseTo(0.9527777777777777, 12);
    const confusion = confusionMatrix(predicted, test.labels, 10);
    expect(confusion[8]?.[1]).toBe(3);
    expect(confusion.map((line) => line.reduce((sum, count) => sum + count, 0))).toEqual(
      Array.from(
        { length: 10 },
        (_, digit) => test.labels.filter((label) => label === digit).length,
      ),
    );
  }, 60_000);

  it('average numbers over neighbours as scikit-learn’s regressor does', () => {
    const predicted = knnNumbers(train.features, centres(train.features), test.features);
    expect(rSquared(predicted, centres(test.features))).toBeCloseTo(0.8739366300565716, 9);
  }, 60_000);

  it('regress as scikit-learn’s ridge does', () => {
    const predicted = ridgePredictions(
      firstColumns(train.features, 16),
      centres(train.features),
      firstColumns(test.features, 16),
    );
    expect(rSquared(predicted, centres(test.features))).toBeCloseTo(0.5517293524954926, 9);
  });
});

describe('rSquared', () => {
  const truth = rowMatrix(4, 2, Float64Array.of(0, 5, 1, 5, 2, 5, 3, 9));

  it('is 1 for the truth, 0 for its mean, and less for what is worse', () => {
    expect(rSquared(truth, truth)).toBe(1);
    const mean = rowMatrix(4, 2, Float64Array.of(1.5, 6, 1.5, 6, 1.5, 6, 1.5, 6));
    expect(rSquared(mean, truth)).toBeCloseTo(0, 12);
    // Σ(t − t̄)² is 5 and 12; the first column is missed by 1 in each row, the second met.
    const off = rowMatrix(4, 2, Float64Array.of(1, 5, 2, 5, 3, 5, 4, 9));
    expect(rSquared(off, truth)).toBeCloseTo((1 - 4 / 5 + 1) / 2, 12);
    const far = rowMatrix(4, 2, Float64Array.of(9, 5, 9, 5, 9, 5, 9, 9));
    expect(rSquared(far, truth)).toBeLessThan(-10);
  });

  it('asks of a constant column whether it is met', () => {
    const constant = rowMatrix(2, 1, Float64Array.of(3, 3));
    expect(rSquared(constant, constant)).toBe(1);
    expect(rSquared(rowMatrix(2, 1, Float64Array.of(3, 4)), constant)).toBe(0);
  });
});

describe('largestColumns', () => {
  it('takes the first of the largest logits', () => {
    const logits = rowMatrix(3, 3, Float64Array.of(1, 3, 2, 0, 0, 0, -2, -1, -1));
    expect([...largestColumns(logits)]).toEqual([1, 0, 1]);
  });
});
