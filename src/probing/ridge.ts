import { invariant } from '../core/invariant';
import { standardiserOf } from './linearProbe';
import { centreColumns, columnMeans, type RowMatrix } from './rowMatrix';

/** scikit-learn's default strength. */
const PENALTY = 1;

/**
 * Predictions for the rows of `test` by ridge regression of the targets `[rows, count]` on features that are standardised by the
 * training rows: least Σ‖t − Wx − b‖² + ‖W‖², with a bias that costs nothing, as scikit-learn's Ridge at its default α = 1.
 * W = (XᵀX + I)⁻¹XᵀT by Cholesky's decomposition.
 */
export function ridgePredictions(train: RowMatrix, targets: RowMatrix, test: RowMatrix): RowMatrix {
  invariant(train.rows === targets.rows, 'there is one target a row');
  const standardise = standardiserOf(train);
  const x = standardise(train);
  const means = columnMeans(targets);
  const t = centreColumns(targets);
  const { columns: width } = x;
  const { columns: count } = targets;
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width * count);
  for (let row = 0; row < x.rows; row++) {
    for (let i = 0; i < width; i++) {
      const value = x.values[row * width + i] ?? 0;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++)
        addAt(gram, i * width + j, value * at(x.values, row * width + j));
      for (let k = 0; k < count; k++)
        addAt(right, i * count + k, value * at(t.values, row * count + k));
    }
  }
  for (let i = 0; i < width; i++) addAt(gram, i * width + i, PENALTY);
  const weights = solve(cholesky(gram, width), width, right, count);
  const asked = standardise(test);
  const values = new Float64Array(asked.rows * count);
  for (let row = 0; row < asked.rows; row++) {
    for (let k = 0; k < count; k++) {
      let sum = means[k] ?? 0;
      for (let i = 0; i < width; i++) {
        sum += at(asked.values, row * width + i) * at(weights, i * count + k);
      }
      values[row * count + k] = sum;
    }
  }
  return { rows: asked.rows, columns: count, values };
}

/** L of a positive definite A = LLᵀ, of which the lower triangle is given. */
function cholesky(a: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i * size + j);
      for (let k = 0; k < j; k++) sum -= at(lower, i * size + k) * at(lower, j * size + k);
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / at(lower, j * size + j);
    }
  }
  return lower;
}

/** (LLᵀ)⁻¹B for B of `count` columns. */
function solve(lower: Float64Array, size: number, b: Float64Array, count: number): Float64Array {
  const x = b.slice();
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < size; i++) {
      let sum = at(x, i * count + k);
      for (let j = 0; j < i; j++) sum -= at(lower, i * size + j) * at(x, j * count + k);
      x[i * count + k] = sum / at(lower, i * size + i);
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = at(x, i * count + k);
      for (let j = i + 1; j < size; j++) sum -= at(lower, j * size + i) * at(x, j * count + k);
      x[i * count + k] = sum / at(lower, i * size + i);
    }
  }
  return x;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

function addAt(values: Float64Array, index: number, more: number): void {
  values[index] = at(values, index) + more;
}
