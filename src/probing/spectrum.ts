import { Matrix, SVD } from 'ml-matrix';
import type { RowMatrix } from './rowMatrix';

/** Added to each share of the spectrum, as in RankMe's equation 2. */
const RANK_EPSILON = 1e-7;

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

/**
 * RankMe: exp(−Σ p log p), p = σ/Σσ + 1e-7 (Garrido, Balestriero, Najman, LeCun 2023). Between 1 and the number
 * of values; 0 for a spectrum of zeros.
 */
export function effectiveRank(spectrum: readonly number[]): number {
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = spectrum.reduce((sum, value) => {
    const share = value / total + RANK_EPSILON;
    return sum - share * Math.log(share);
  }, 0);
  return Math.exp(entropy);
}

/** tr(C)² / ‖C‖²_F from the singular values of the centred matrix; 0 for a spectrum of zeros. */
export function participationRatio(spectrum: readonly number[]): number {
  const squares = spectrum.map((value) => value * value);
  const trace = squares.reduce((sum, value) => sum + value, 0);
  const frobenius = squares.reduce((sum, value) => sum + value * value, 0);
  return frobenius === 0 ? 0 : (trace * trace) / frobenius;
}
