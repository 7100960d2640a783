import {
  EigenvalueDecomposition,
  Matrix,
  QrDecomposition,
  SingularValueDecomposition,
} from 'ml-matrix';

/** Principal components of rows. */
export interface PrincipalComponents {
  /** `[D]`. */
  readonly mean: readonly number[];
  /** `[D, count]`: orthonormal columns, the direction of largest variance first. */
  readonly axes: Matrix;
  /** `[D]`: all variances along principal axes, descending, divided by N. */
  readonly variances: readonly number[];
}

/** The eigenvectors of the covariance with the `count` largest eigenvalues (Pearson 1901). */
export function principalComponents(rows: Matrix, count: number): PrincipalComponents {
  const mean = rows.mean('column');
  const centred = rows.clone().subRowVector(mean);
  const covariance = centred.transpose().mmul(centred).div(rows.rows);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i);
  order.sort((a, b) => Number(realEigenvalues[b]) - Number(realEigenvalues[a]));
  const axes = new Matrix(rows.columns, count);
  order
    .slice(0, count)
    .forEach((from, to) => axes.setColumn(to, eigenvectorMatrix.getColumn(from)));
  return { mean, axes, variances: order.map((i) => Math.max(0, Number(realEigenvalues[i]))) };
}

/** Each row's nearest point in the affine subspace: mean + UUᵀ(y − mean). */
export function projectRows({ mean, axes }: PrincipalComponents, rows: Matrix): Matrix {
  const centred = rows.clone().subRowVector([...mean]);
  return centred
    .mmul(axes)
    .mmul(axes.transpose())
    .addRowVector([...mean]);
}

/** Mean over rows of ‖a − b‖². */
export function meanSquaredDistance(a: Matrix, b: Matrix): number {
  const norm = Matrix.sub(a, b).norm('frobenius');
  return norm ** 2 / a.rows;
}

/**
 * Principal angles in degrees between the spans of the columns of `a` and of `b`, ascending: the cosines are the singular
 * values of QₐᵀQ_b (Björck and Golub 1973).
 */
export function principalAngles(a: Matrix, b: Matrix): number[] {
  const [first, second] = [a, b].map((basis) => new QrDecomposition(basis).orthogonalMatrix);
  if (!first || !second) return [];
  const { diagonal } = new SingularValueDecomposition(first.transpose().mmul(second));
  return diagonal.map((cosine) => (Math.acos(Math.min(1, cosine)) * 180) / Math.PI);
}

/**
 * Mean log-likelihood per row of N(mean, WWᵀ + σ²I), W = U(Λ − σ²I)^½ of `count` columns: the most likely linear-Gaussian
 * model with noise of variance σ² (Tipping and Bishop 1999, Eq. 3 and 7, for a given σ²).
 */
export function linearGaussianLogLikelihood(
  components: PrincipalComponents,
  noiseVariance: number,
  rows: Matrix,
): number {
  const { mean, axes, variances } = components;
  const centred = rows.clone().subRowVector([...mean]);
  const along = centred.mmul(axes);
  const dimensions = rows.columns;
  let logDeterminant = (dimensions - axes.columns) * Math.log(noiseVariance);
  let exponent = centred.norm('frobenius') ** 2 / noiseVariance;
  for (let k = 0; k < axes.columns; k++) {
    const variance = Math.max(Number(variances[k]), noiseVariance);
    logDeterminant += Math.log(variance);
    const squares = along.getColumn(k).reduce((sum, value) => sum + value ** 2, 0);
    exponent += squares * (1 / variance - 1 / noiseVariance);
  }
  return -0.5 * (dimensions * Math.log(2 * Math.PI) + logDeterminant + exponent / rows.rows);
}
