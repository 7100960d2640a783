import { invariant } from '../core/invariant';
import { accuracy } from './labelled';
import type { RowMatrix } from './rowMatrix';

/** What a probe is to predict. */
export type Truth =
  | { readonly kind: 'classes'; readonly labels: Int32Array; readonly count: number }
  | { readonly kind: 'numbers'; readonly values: RowMatrix };

/** What it predicts. */
export type Prediction =
  | { readonly kind: 'classes'; readonly labels: Int32Array }
  | { readonly kind: 'numbers'; readonly values: RowMatrix };

/** Accuracy of classes, R² of numbers. */
export function scoreOf(prediction: Prediction, truth: Truth): number {
  if (truth.kind === 'classes') {
    invariant(prediction.kind === 'classes', 'classes are predicted');
    return accuracy(prediction.labels, truth.labels);
  }
  invariant(prediction.kind === 'numbers', 'numbers are predicted');
  return rSquared(prediction.values, truth.values);
}

/**
 * Mean over the columns of R² = 1 − Σ(t − p)²/Σ(t − t̄)², as scikit-learn's r2_score: 1 is perfect, 0 as good as the mean of the
 * targets, and there is no least one. A column that is constant counts 1 where it is met, and 0 otherwise.
 */
export function rSquared(prediction: RowMatrix, truth: RowMatrix): number {
  const { rows, columns, values } = truth;
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += (values[row * columns + column] ?? 0) / rows;
    let rest = 0;
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * columns + column;
      const target = values[at] ?? 0;
      rest += (target - (prediction.values[at] ?? 0)) ** 2;
      total += (target - mean) ** 2;
    }
    sum += total > 0 ? 1 - rest / total : rest === 0 ? 1 : 0;
  }
  return sum / columns;
}

/** How often rows of each class (down) were taken for each class (across). */
export function confusionMatrix(
  predicted: Int32Array,
  labels: Int32Array,
  classes: number,
): number[][] {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  labels.forEach((label, row) => {
    const line = counts[label];
    const guess = predicted[row] ?? 0;
    if (line && guess < classes) line[guess] = (line[guess] ?? 0) + 1;
  });
  return counts;
}

/** The largest of each row: what logits say. */
export function largestColumns({ rows, columns, values }: RowMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    const line = values.subarray(row * columns, (row + 1) * columns);
    return line.reduce((best, value, i) => (value > (line[best] ?? NaN) ? i : best), 0);
  });
}
