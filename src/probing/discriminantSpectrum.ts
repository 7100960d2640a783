import { invariant } from '../core/invariant';
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
    for (let row = 0; row < rows; row++) {
      const sample = deviations.subarray(row * columns, (row + 1) * columns);
      within.forEach((line, i) => {
        const factor = (sample[i] ?? 0) / (rows * (views.length - 1));
        for (let j = 0; j < columns; j++) line[j] = (line[j] ?? 0) + factor * (sample[j] ?? 0);
      });
    }
  }
  const centre = columnMeans(means);
  const between = means.values.map((value, index) => value - (centre[index % columns] ?? 0));
  const whitened = solveRows(choleskyFactor(within), { rows, columns, values: between });
  const eigenvalues = singularValues(whitened).map((value) => (value * value) / rows);
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
  const factor = matrix.map(() => new Float64Array(matrix.length));
  matrix.forEach((line, i) => {
    const own = factor[i] ?? line;
    for (let j = 0; j <= i; j++) {
      const other = factor[j] ?? line;
      let rest = line[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (own[k] ?? 0) * (other[k] ?? 0);
      own[j] = i === j ? Math.sqrt(rest) : rest / (other[j] ?? 1);
    }
  });
  return factor;
}

/** L⁻¹x of each row x. */
function solveRows(factor: readonly Float64Array[], { rows, columns, values }: RowMatrix) {
  const solved = values.slice();
  for (let row = 0; row < rows; row++) {
    const sample = solved.subarray(row * columns, (row + 1) * columns);
    factor.forEach((line, i) => {
      let rest = sample[i] ?? 0;
      for (let k = 0; k < i; k++) rest -= (line[k] ?? 0) * (sample[k] ?? 0);
      sample[i] = rest / (line[i] ?? 1);
    });
  }
  return { rows, columns, values: solved };
}
