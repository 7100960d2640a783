import { Matrix, SVD } from 'ml-matrix';
import type { RowMatrix } from './rowMatrix';
import { RESOLVED_PART } from './spectrum';

/**
 * Singular values, descending, as many as the smaller extent.
 *
 * They are roots of the eigenvalues of the smaller Gram matrix, in float64: values below 1e-8 of the largest are
 * not resolved, which moves an effective rank by less than 1e-4 and is several times faster than a decomposition of
 * the matrix itself.
 */
export function singularValues(matrix: RowMatrix): number[] {
  const gram = new Matrix(smallerGram(matrix));
  const { diagonal } = new SVD(gram, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return diagonal.map((value) => Math.sqrt(Math.max(0, value))).sort((a, b) => b - a);
}

export interface Decomposition {
  /** Singular values, descending. */
  readonly spectrum: readonly number[];
  /** ‖u_i‖² of each row, over the directions that are resolved: between 0 and 1, and their sum is the rank. */
  readonly leverages: Float64Array;
  /** How many directions are resolved. */
  readonly rank: number;
}

/**
 * Singular values with the leverages of the rows. From XᵀX = VΛVᵀ the row of left singular vectors is u_i = x_i V Λ^(−1/2);
 * from XXᵀ = UΛUᵀ it is there at once.
 */
export function decompose(matrix: RowMatrix): Decomposition {
  const { rows, columns, values } = matrix;
  const isTall = rows >= columns;
  const gram = new Matrix(smallerGram(matrix));
  const { diagonal, leftSingularVectors } = new SVD(gram, { computeRightSingularVectors: false });
  const order = diagonal.map((_, index) => index);
  order.sort((a, b) => (diagonal[b] ?? 0) - (diagonal[a] ?? 0));
  const spectrum = order.map((index) => Math.sqrt(Math.max(0, diagonal[index] ?? 0)));
  const least = RESOLVED_PART * (spectrum[0] ?? 0);
  const kept = order.filter((_, place) => (spectrum[place] ?? 0) > least);
  const leverages = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (const index of kept) {
      if (!isTall) {
        leverages[row] = (leverages[row] ?? 0) + leftSingularVectors.get(row, index) ** 2;
        continue;
      }
      let projection = 0;
      for (let i = 0; i < columns; i++) {
        projection += (values[row * columns + i] ?? 0) * leftSingularVectors.get(i, index);
      }
      leverages[row] = (leverages[row] ?? 0) + projection ** 2 / (diagonal[index] ?? 1);
    }
  }
  return { spectrum, leverages, rank: kept.length };
}

/** XᵀX or XXᵀ, whichever is smaller. */
function smallerGram({ rows, columns, values }: RowMatrix): Float64Array[] {
  const tall = rows >= columns;
  const size = tall ? columns : rows;
  const gram = Array.from({ length: size }, () => new Float64Array(size));
  if (tall) {
    for (let row = 0; row < rows; row++) {
      const sample = values.subarray(row * columns, (row + 1) * columns);
      gram.forEach((line, i) => {
        const factor = sample[i] ?? 0;
        for (let j = i; j < size; j++) line[j] = (line[j] ?? 0) + factor * (sample[j] ?? 0);
      });
    }
  } else {
    gram.forEach((line, i) => {
      for (let j = i; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) {
          sum += (values[i * columns + k] ?? 0) * (values[j * columns + k] ?? 0);
        }
        line[j] = sum;
      }
    });
  }
  gram.forEach((line, i) => {
    for (let j = 0; j < i; j++) line[j] = gram[j]?.[i] ?? 0;
  });
  return gram;
}
