import { invariant } from '../core/invariant';
import { accuracy, classCount, type Labelled } from './labelled';
import { columnDeviations, columnMeans, type RowMatrix } from './rowMatrix';

/** Further descent moves accuracies by less than 0.01, and costs seconds on wide features. */
const DEFAULT_PRECISION: FitPrecision = { iterations: 200, tolerance: 1e-3 };

export interface FitPrecision {
  /** At most. */
  readonly iterations: number;
  /** Largest entry of the gradient at which the descent has arrived. */
  readonly tolerance: number;
}

/** A multinomial logistic regression: `weights` is `[inputs + 1, classes]`, the last row is the bias. */
export interface LogisticModel {
  readonly classes: number;
  readonly weights: Float64Array;
}

/**
 * Held-out accuracy of a linear classifier on standardised features: multinomial logistic regression with
 * ½‖W‖²/N (as scikit-learn's default C = 1), on frozen features.
 */
export function linearProbeAccuracy(train: Labelled, test: Labelled): number {
  const standardise = standardiserOf(train.features);
  const classes = classCount(train.labels, test.labels);
  const model = fitLogistic(standardise(train.features), train.labels, classes);
  return accuracy(classify(model, standardise(test.features)), test.labels);
}

/** Subtracts the means and divides by the deviations of `train`; constant features become 0. */
function standardiserOf(train: RowMatrix): (features: RowMatrix) => RowMatrix {
  const means = columnMeans(train);
  const scales = columnDeviations(train).map((deviation) => (deviation > 0 ? 1 / deviation : 0));
  return (features) => ({
    ...features,
    values: features.values.map((value, i) => {
      const column = i % features.columns;
      return (value - (means[column] ?? 0)) * (scales[column] ?? 0);
    }),
  });
}

/**
 * Least of mean −log softmax(XW + b)[label] + ‖W‖²/(2N), by Nesterov's gradient method with restarts
 * (O'Donoghue and Candès 2015) and the step 1/L, L = ½·λmax(XᵀX/N) + 1/N.
 */
export function fitLogistic(
  features: RowMatrix,
  labels: Int32Array,
  classes: number,
  precision = DEFAULT_PRECISION,
): LogisticModel {
  invariant(labels.length === features.rows, 'there is one label a row');
  const { rows, columns } = features;
  const size = (columns + 1) * classes;
  // The bias is one more feature, of ones: 1 bounds its part of the largest eigenvalue.
  const step = 1 / (0.5 * (largestEigenvalue(features) + 1) + 1 / rows);
  let weights = new Float64Array(size);
  let ahead = weights;
  let momentum = 1;
  const gradient = new Float64Array(size);
  const probabilities = new Float64Array(rows * classes);
  for (let iteration = 0; iteration < precision.iterations; iteration++) {
    logisticGradient(features, labels, classes, ahead, probabilities, gradient);
    const next = new Float64Array(size);
    let along = 0;
    let steepest = 0;
    for (let i = 0; i < size; i++) {
      const slope = gradient[i] ?? 0;
      next[i] = (ahead[i] ?? 0) - step * slope;
      along += slope * ((next[i] ?? 0) - (weights[i] ?? 0));
      steepest = Math.max(steepest, Math.abs(slope));
    }
    if (steepest < precision.tolerance) break;
    const restart = along > 0;
    const nextMomentum = restart ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const inertia = restart ? 0 : (momentum - 1) / nextMomentum;
    const previous = weights;
    ahead = next.map((value, i) => value + inertia * (value - (previous[i] ?? 0)));
    weights = next;
    momentum = nextMomentum;
  }
  return { classes, weights };
}

/** Writes the gradient of the objective at `weights`; `probabilities` is scratch, `[rows, classes]`. */
function logisticGradient(
  { rows, columns, values }: RowMatrix,
  labels: Int32Array,
  classes: number,
  weights: Float64Array,
  probabilities: Float64Array,
  gradient: Float64Array,
): void {
  const biasAt = columns * classes;
  gradient.fill(0);
  for (let i = 0; i < biasAt; i++) gradient[i] = (weights[i] ?? 0) / rows;
  for (let row = 0; row < rows; row++) {
    const residual = probabilities.subarray(row * classes, (row + 1) * classes);
    logits(values, row, columns, classes, weights, residual);
    softmax(residual);
    const label = labels[row] ?? 0;
    residual[label] = (residual[label] ?? 0) - 1;
    for (let column = 0; column <= columns; column++) {
      const x = (column < columns ? (values[row * columns + column] ?? 0) : 1) / rows;
      if (x === 0) continue;
      const at = column * classes;
      for (let c = 0; c < classes; c++) {
        gradient[at + c] = (gradient[at + c] ?? 0) + x * (residual[c] ?? 0);
      }
    }
  }
}

function logits(
  values: Float64Array,
  row: number,
  columns: number,
  classes: number,
  weights: Float64Array,
  into: Float64Array,
): void {
  const biasAt = columns * classes;
  for (let c = 0; c < classes; c++) into[c] = weights[biasAt + c] ?? 0;
  for (let column = 0; column < columns; column++) {
    const x = values[row * columns + column] ?? 0;
    if (x === 0) continue;
    const at = column * classes;
    for (let c = 0; c < classes; c++) into[c] = (into[c] ?? 0) + x * (weights[at + c] ?? 0);
  }
}

function softmax(logit: Float64Array): void {
  const largest = logit.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (let c = 0; c < logit.length; c++) {
    const weight = Math.exp((logit[c] ?? 0) - largest);
    logit[c] = weight;
    total += weight;
  }
  for (let c = 0; c < logit.length; c++) logit[c] = (logit[c] ?? 0) / total;
}

function classify({ classes, weights }: LogisticModel, features: RowMatrix): Int32Array {
  const predicted = new Int32Array(features.rows);
  const scores = new Float64Array(classes);
  for (let row = 0; row < features.rows; row++) {
    logits(features.values, row, features.columns, classes, weights, scores);
    predicted[row] = scores.indexOf(Math.max(...scores));
  }
  return predicted;
}

/** λmax(XᵀX/N) by power iteration, 5 % up: it is approached from below. */
function largestEigenvalue({ rows, columns, values }: RowMatrix): number {
  let direction = new Float64Array(columns).map((_, i) => 1 + (i % 7) / 7);
  let eigenvalue = 0;
  for (let iteration = 0; iteration < 20; iteration++) {
    const image = new Float64Array(columns);
    for (let row = 0; row < rows; row++) {
      let product = 0;
      for (let i = 0; i < columns; i++) {
        product += (values[row * columns + i] ?? 0) * (direction[i] ?? 0);
      }
      for (let i = 0; i < columns; i++) {
        image[i] = (image[i] ?? 0) + ((values[row * columns + i] ?? 0) * product) / rows;
      }
    }
    const norm = Math.sqrt(image.reduce((sum, value) => sum + value * value, 0));
    if (norm === 0) return 0;
    eigenvalue = norm;
    direction = image.map((value) => value / norm);
  }
  return eigenvalue * 1.05;
}
