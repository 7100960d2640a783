import { Matrix, SVD } from 'ml-matrix';
import type { RowMatrix } from './rowMatrix';

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
