import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomKey, RandomStream } from '../../core/random';
import { centreColumns, columnMeans, type RowMatrix } from '../rowMatrix';

export interface PrincipalAxes {
  readonly mean: Float64Array;
  /** Orthonormal, of the largest variance first; fewer than asked for where the rows have fewer numbers. */
  readonly axes: readonly Float64Array[];
  /** Of the rows along each axis, ddof 1. */
  readonly variances: readonly number[];
  /** Σ of the variances of all columns. */
  readonly totalVariance: number;
}

/** Above this width the covariance is not decomposed as a whole. */
const WIDEST = 192;
/** More directions than are asked for, and how often they are multiplied by the covariance: these make the first ones exact. */
const SPARE = 8;
const ROUNDS = 12;

/**
 * The first axes of principal component analysis: eigenvectors of the covariance C = XᵀX/(N − 1) of the centred rows. Of wide
 * rows by subspace iteration (Halko, Martinsson and Tropp 2011, §4.5). The largest number of each axis is positive.
 */
export function principalAxes(matrix: RowMatrix, count: number): PrincipalAxes {
  const centred = centreColumns(matrix);
  const { rows, columns, values } = centred;
  const scale = 1 / Math.max(1, rows - 1);
  const totalVariance = values.reduce((sum, value) => sum + value * value, 0) * scale;
  const basis = columns <= WIDEST ? identity(columns) : leadingSpace(centred, count + SPARE);
  const images = basis.map((axis) => alongAxis(centred, axis));
  // Wide rows that are all the same lie along nothing.
  if (basis.length === 0) return { mean: columnMeans(matrix), axes: [], variances: [], totalVariance }; // prettier-ignore
  const covariance = Matrix.zeros(basis.length, basis.length);
  images.forEach((a, i) => {
    images.slice(0, i + 1).forEach((b, j) => {
      const value = dot(a, b) * scale;
      covariance.set(i, j, value).set(j, i, value);
    });
  });
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((variance, index) => ({ variance, index }))
    .sort((a, b) => b.variance - a.variance)
    .slice(0, Math.min(count, columns));
  return {
    mean: columnMeans(matrix),
    axes: order.map(({ index }) => facing(combined(basis, eigenvectorMatrix.getColumn(index)))),
    variances: order.map(({ variance }) => Math.max(0, variance)),
    totalVariance,
  };
}

/** `[rows, count]`: where the rows lie along the axes, 0 where there is no such axis. */
export function projected(
  { rows, columns, values }: RowMatrix,
  { mean, axes }: PrincipalAxes,
  count: number,
): Float32Array {
  const places = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    axes.slice(0, count).forEach((axis, index) => {
      let sum = 0;
      for (let i = 0; i < columns; i++) {
        sum += ((values[row * columns + i] ?? 0) - (mean[i] ?? 0)) * (axis[i] ?? 0);
      }
      places[row * count + index] = sum;
    });
  }
  return places;
}

/** An orthonormal basis of the space that holds nearly all of the variance which so many directions can. */
function leadingSpace(centred: RowMatrix, count: number): Float64Array[] {
  const { rows, columns, values } = centred;
  const random = new RandomStream(randomKey(0, 'principalAxes', 'start'));
  let basis = orthonormal(
    Array.from({ length: Math.min(count, rows, columns) }, () =>
      Float64Array.from({ length: columns }, () => random.normal()),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    basis = orthonormal(
      basis.map((axis) => {
        const places = alongAxis(centred, axis);
        const image = new Float64Array(columns);
        for (let row = 0; row < rows; row++) {
          const place = places[row] ?? 0;
          const start = row * columns;
          for (let i = 0; i < columns; i++) {
            image[i] = (image[i] ?? 0) + place * (values[start + i] ?? 0);
          }
        }
        return image;
      }),
    );
  }
  return basis;
}

/** Gram–Schmidt, twice for the sake of rounding; what is left of nothing stays out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (const axis of basis) {
        const part = dot(vector, axis);
        axis.forEach((value, i) => (vector[i] = (vector[i] ?? 0) - part * value));
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    if (length > 1e-12 * before) basis.push(vector.map((value) => value / length));
  }
  return basis;
}

function alongAxis({ rows, columns, values }: RowMatrix, axis: Float64Array): Float64Array {
  const places = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    const start = row * columns;
    for (let i = 0; i < columns; i++) sum += (values[start + i] ?? 0) * (axis[i] ?? 0);
    places[row] = sum;
  }
  return places;
}

function identity(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, index) =>
    new Float64Array(size).fill(1, index, index + 1),
  );
}

function combined(basis: readonly Float64Array[], parts: readonly number[]): Float64Array {
  const sum = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((axis, index) => {
    const part = parts[index] ?? 0;
    axis.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + part * value));
  });
  return sum;
}

function facing(axis: Float64Array): Float64Array {
  const largest = axis.reduce(
    (most, value) => (Math.abs(value) > Math.abs(most) ? value : most),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
