import { solve, type Matrix } from 'ml-matrix';

/**
 * R² on held-out rows of the affine map from `features` to `targets` that is best on the training rows: the mean over the targets'
 * columns of 1 − Σ(t − p)²/Σ(t − t̄)², as scikit-learn's LinearRegression and r2_score have it.
 */
export function linearReadout(
  training: { readonly features: Matrix; readonly targets: Matrix },
  heldOut: { readonly features: Matrix; readonly targets: Matrix },
): number {
  // Singular values, so that features that repeat each other do no harm.
  const map = solve(withOnes(training.features), training.targets, true);
  const predicted = withOnes(heldOut.features).mmul(map);
  const { targets } = heldOut;
  const means = targets.mean('column');
  const scores = means.map((mean, column) => {
    const truth = targets.getColumn(column);
    const rest = truth.reduce((sum, t, row) => sum + (t - predicted.get(row, column)) ** 2, 0);
    return 1 - rest / truth.reduce((sum, t) => sum + (t - mean) ** 2, 0);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function withOnes(rows: Matrix): Matrix {
  return rows.clone().addColumn(Array.from({ length: rows.rows }, () => 1));
}
