import { invariant } from '../core/invariant';
import { gramMatrix } from './gramMatrix';
import { columnMeans, type RowMatrix } from './rowMatrix';
import { singularValues } from './singularValues';

/** Added to the diagonal of the covariance within samples. */
const DELTA = 1e-4;

/**
 * Eigenvalues of Σ_w^(−1/2) Σ_b Σ_w^(−1/2), descending, as many as there are dimensions: by how much samples differ more than
 * their views do (Thilak et al. 2023, LiDAR, §3). Σ_b is the covariance of the means of samples, Σ_w that of the q views
 * around them, with ddof 1 in each sample and δI added. `views`: the rows of all samples, once for each view. With Σ_w =
 * LLᵀ they are the eigenvalues of L⁻¹ Σ_b L⁻ᵀ, squared singular values of the means over L.
 */
export function discriminantSpectrum(views: readonly RowMatrix[]): number[] {
  const [first] = views;
  invariant(first && views.length > 1, 'there are two views');
  const { rows, columns } = first;
  const means = meanOf(views);
  const within = Array.from({ length: columns }, (_, i) =>
    Float64Array.from({ length: columns }, (_, j) => (i === j ? DELTA : 0)),
  );
  for (const { values } of views) {
    const deviations = values.map((value, index) => value - (means.values[index] ?? 0));
    gramMatrix({ rows, columns, values: deviations }).forEach((products, i) => {
      products.forEach((one, j) => {
        const line = within[i] ?? products;
        line[j] = (line[j] ?? 0) + one / (rows * (views.length - 1));
      });
    });
  }
  const centre = columnMeans(means);
  const between = means.values.map((value, index) => value - (centre[index % columns] ?? 0));
  const factor = choleskyFactor(within);
  for (let row = 0; row < rows; row++) {
    solve(factor, between.subarray(row * columns, (row + 1) * columns));
  }
  const whitened = singularValues({ rows, columns, values: between });
  const eigenvalues = whitened.map((value) => (value * value) / rows);
  return Array.from({ length: columns }, (_, index) => eigenvalues[index] ?? 0);
}

function meanOf(views: readonly RowMatrix[]): RowMatrix {
  const [first, ...others] = views;
  invariant(first, 'there is a view');
  const values = first.values.map((value, index) =>
    others.reduce((sum, other) => sum + (other.values[index] ?? 0), value),
  );
  return { ...first, values: values.map((sum) => sum / views.length) };
}

/** L with LLᵀ = `matrix`, which is symmetric and positive definite. */
function choleskyFactor(matrix: readonly Float64Array[]): Float64Array[] {
  const factor: Float64Array[] = [];
  for (const line of matrix) {
    const own = line.slice();
    const i = factor.length;
    factor.forEach((other, j) => {
      own[j] = ((line[j] ?? 0) - productBefore(own, other, j)) / (other[j] ?? 1);
    });
    own[i] = Math.sqrt((line[i] ?? 0) - productBefore(own, own, i));
    factor.push(own.fill(0, i + 1));
  }
  return factor;
}

/** L⁻¹x in the place of x. */
function solve(factor: readonly Float64Array[], x: Float64Array): void {
  factor.forEach((line, i) => {
    x[i] = ((x[i] ?? 0) - productBefore(line, x, i)) / (line[i] ?? 1);
  });
}

function productBefore(a: Float64Array, b: Float64Array, end: number): number {
  let sum = 0;
  for (let k = 0; k < end; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}
