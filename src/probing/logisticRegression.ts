import { invariant } from '../core/invariant';
import { minimize, type Minimum, type SmoothFunction } from './minimize';
import type { RowMatrix } from './rowMatrix';

/**
 * Multinomial logistic regression: `weights` is `[classes, inputs + 1]`, the bias last in each row. `objective` and
 * `gradientNorm` (the largest entry) are those of the fit at these weights.
 */
export interface LogisticModel {
  readonly classes: number;
  readonly weights: Float64Array;
  readonly objective: number;
  readonly gradientNorm: number;
}

/** The objective is at most about 1e-8 over its least value then: it curves by 1/N at least. */
const STOP = { tolerance: 1e-7, iterations: 2000 };

/**
 * Least of mean −log softmax(Wx + b)[label] + ‖W‖²/(2N) over the N rows, with a bias that costs nothing: N times it is
 * what scikit-learn's LogisticRegression minimises at its default C = 1. Convex, and solved to its minimum.
 */
export function fitLogistic(
  features: RowMatrix,
  labels: Int32Array,
  classes: number,
): LogisticModel {
  const objective = logisticObjective(features, labels, classes);
  const { point, value, gradientNorm }: Minimum = minimize(
    objective,
    new Float64Array(objective.dimension),
    STOP,
  );
  return { classes, weights: point, objective: value, gradientNorm };
}

export function logisticObjective(
  features: RowMatrix,
  labels: Int32Array,
  classes: number,
): SmoothFunction {
  const { rows, columns, values } = features;
  invariant(labels.length === rows, 'there is one label a row');
  const width = columns + 1;
  const byColumn = transposed(features);
  const scores = new Float64Array(classes);
  /** Probabilities less the truth, by class. */
  const residuals = new Float64Array(classes * rows);
  return {
    dimension: classes * width,
    evaluate(weights, gradient) {
      let crossEntropy = 0;
      for (let row = 0; row < rows; row++) {
        const label = labels[row] ?? 0;
        scoreRow(values, row * columns, columns, weights, scores);
        const score = scores[label] ?? 0;
        crossEntropy += softmax(scores) - score;
        for (let c = 0; c < classes; c++) {
          residuals[c * rows + row] = (scores[c] ?? 0) - (c === label ? 1 : 0);
        }
      }
      let penalty = 0;
      for (let c = 0; c < classes; c++) {
        for (let i = 0; i < columns; i++) {
          const weight = weights[c * width + i] ?? 0;
          const slope = dotOf(residuals, c * rows, byColumn, i * rows, rows);
          penalty += weight * weight;
          gradient[c * width + i] = (slope + weight) / rows;
        }
        gradient[c * width + columns] = sumOf(residuals, c * rows, rows) / rows;
      }
      return (crossEntropy + penalty / 2) / rows;
    },
  };
}

/** The likeliest class of each row. */
export function classify(
  { classes, weights }: LogisticModel,
  { rows, columns, values }: RowMatrix,
): Int32Array {
  const scores = new Float64Array(classes);
  return Int32Array.from({ length: rows }, (_, row) => {
    scoreRow(values, row * columns, columns, weights, scores);
    return scores.indexOf(Math.max(...scores));
  });
}

/** Wx + b of the row that starts at `at`. */
function scoreRow(
  values: Float64Array,
  at: number,
  columns: number,
  weights: Float64Array,
  scores: Float64Array,
): void {
  for (let c = 0; c < scores.length; c++) {
    const from = c * (columns + 1);
    scores[c] = (weights[from + columns] ?? 0) + dotOf(values, at, weights, from, columns);
  }
}

/** Turns scores into probabilities; gives back log Σ exp(score). */
function softmax(scores: Float64Array): number {
  let largest = -Infinity;
  for (const score of scores) largest = Math.max(largest, score);
  let total = 0;
  for (let c = 0; c < scores.length; c++) {
    const weight = Math.exp((scores[c] ?? 0) - largest);
    scores[c] = weight;
    total += weight;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / total;
  return largest + Math.log(total);
}

/** Σ a[aFrom + i]·b[bFrom + i] over `length` entries. */
function dotOf(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (a[aFrom + i] ?? 0) * (b[bFrom + i] ?? 0);
  return sum;
}

function sumOf(values: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += values[from + i] ?? 0;
  return sum;
}

function transposed({ rows, columns, values }: RowMatrix): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) result[i * rows + row] = values[row * columns + i] ?? 0;
  }
  return result;
}
