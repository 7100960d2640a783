import { Matrix } from 'ml-matrix';
import { kMeans } from './kMeans';

/** Σ_k π_k N(μ_k, diag σ_k²). */
export interface GaussianMixture {
  /** `[K]`, with sum 1. */
  readonly weights: readonly number[];
  /** `[K, D]`. */
  readonly means: Matrix;
  /** `[K, D]`. */
  readonly variances: Matrix;
}

/** Added to every variance, as scikit-learn does, so that a component on one point has a density. */
const SMALLEST_VARIANCE = 1e-6;
/** A step that gains less in mean log-likelihood is the last. */
const TOLERANCE = 1e-9;
const MOST_STEPS = 5000;

/** Expectation maximisation over all rows (Dempster, Laird and Rubin 1977), from the clusters of k-means. */
export function fitMixture(rows: Matrix, count: number): GaussianMixture {
  const { centres } = kMeans(rows, count);
  const shared = rows.variance('column').map((variance) => variance + SMALLEST_VARIANCE);
  let mixture: GaussianMixture = {
    weights: Array.from({ length: count }, () => 1 / count),
    means: centres,
    variances: new Matrix(Array.from({ length: count }, () => shared)),
  };
  let before = -Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { responsibilities, meanLogLikelihood } = expectation(mixture, rows);
    if (meanLogLikelihood - before < TOLERANCE) break;
    before = meanLogLikelihood;
    mixture = maximisation(responsibilities, rows);
  }
  return mixture;
}

/** Mean over rows of log p(y). */
export function meanLogLikelihood(mixture: GaussianMixture, rows: Matrix): number {
  return expectation(mixture, rows).meanLogLikelihood;
}

interface Expectation {
  /** `[N, K]`: p(k | y). */
  readonly responsibilities: Matrix;
  readonly meanLogLikelihood: number;
}

function expectation(mixture: GaussianMixture, rows: Matrix): Expectation {
  const joint = logJoint(mixture, rows);
  let total = 0;
  for (let row = 0; row < joint.rows; row++) {
    const terms = joint.getRow(row);
    const largest = Math.max(...terms);
    const evidence =
      largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
    joint.setRow(
      row,
      terms.map((term) => Math.exp(term - evidence)),
    );
    total += evidence;
  }
  return { responsibilities: joint, meanLogLikelihood: total / rows.rows };
}

/** `[N, K]`: log π_k + log N(y; μ_k, σ_k²). */
function logJoint({ weights, means, variances }: GaussianMixture, rows: Matrix): Matrix {
  const result = new Matrix(rows.rows, weights.length);
  for (let k = 0; k < weights.length; k++) {
    for (let row = 0; row < rows.rows; row++) {
      let sum = Math.log(Number(weights[k]));
      for (let d = 0; d < rows.columns; d++) {
        const variance = variances.get(k, d);
        const distance = (rows.get(row, d) - means.get(k, d)) ** 2;
        sum -= 0.5 * (Math.log(2 * Math.PI * variance) + distance / variance);
      }
      result.set(row, k, sum);
    }
  }
  return result;
}

function maximisation(responsibilities: Matrix, rows: Matrix): GaussianMixture {
  const counts = responsibilities.sum('column');
  const transposed = responsibilities.transpose();
  const means = transposed.mmul(rows).divColumnVector(counts);
  const squares = transposed.mmul(Matrix.mul(rows, rows)).divColumnVector(counts);
  return {
    weights: counts.map((sum) => sum / rows.rows),
    means,
    variances: squares.sub(Matrix.mul(means, means)).add(SMALLEST_VARIANCE),
  };
}
