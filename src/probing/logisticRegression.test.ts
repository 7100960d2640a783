import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random';
import { accuracy, labelled, type Labelled } from './labelled';
import { standardiserOf } from './linearProbe';
import { classify, fitLogistic, logisticObjective, type LogisticModel } from './logisticRegression';
import { rowMatrix } from './rowMatrix';
import { blobs, digits, firstRows } from './testing/labelledData';

/** What tests/oracles/logisticRegression.py prints. */
const SCIKIT_LEARN = { objective: 0.056898758761668215, trainAccuracy: 1 };

/** The objective again, in its plainest form. */
function plainObjective(
  { features, labels }: Labelled,
  classes: number,
  weights: Float64Array,
): number {
  const { rows, columns, values } = features;
  const at = (c: number, i: number): number => weights[c * (columns + 1) + i] ?? 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const logits = Array.from({ length: classes }, (_, c) => {
      let logit = at(c, columns);
      for (let i = 0; i < columns; i++) logit += (values[row * columns + i] ?? 0) * at(c, i);
      return logit;
    });
    const normaliser = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    total += normaliser - (logits[labels[row] ?? 0] ?? 0);
  }
  const penalty = weights.reduce(
    (sum, weight, i) => (i % (columns + 1) === columns ? sum : sum + weight * weight),
    0,
  );
  return (total + penalty / 2) / rows;
}

function told(name: string, data: Labelled, classes: number): LogisticModel {
  const began = performance.now();
  const model = fitLogistic(data.features, data.labels, classes);
  const took = performance.now() - began;
  console.log(
    `${name}: objective ${model.objective}, largest gradient ${model.gradientNorm.toExponential(1)}, ${took.toFixed(0)} ms`,
  );
  return model;
}

describe('logisticObjective', () => {
  it('is what its formula says, and so is its gradient', () => {
    const data = blobs(60, 3, 0.6, 1);
    const random = new RandomStream([7, 7]);
    const weights = Float64Array.from({ length: 12 }, () => random.normal());
    const objective = logisticObjective(data.features, data.labels, 3);
    const gradient = new Float64Array(12);
    expect(objective.evaluate(weights, gradient)).toBeCloseTo(plainObjective(data, 3, weights), 12);
    for (let i = 0; i < 12; i++) {
      const at = (shift: number): number => {
        const moved = weights.slice();
        moved[i] = (moved[i] ?? 0) + shift;
        return plainObjective(data, 3, moved);
      };
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
    }
  });
});

describe('fitLogistic', () => {
  it('has the least objective that scikit-learn finds on digits, to 1e-6 of the sum', () => {
    const { train } = digits(firstRows(1437));
    const data = labelled(standardiserOf(train.features)(train.features), train.labels);
    const model = told('digits', data, 10);
    expect(model.gradientNorm).toBeLessThan(1e-7);
    expect(Math.abs(model.objective - SCIKIT_LEARN.objective) * 1437).toBeLessThan(1e-6);
    expect(plainObjective(data, 10, model.weights)).toBeCloseTo(model.objective, 12);
    expect(accuracy(classify(model, data.features), data.labels)).toBe(SCIKIT_LEARN.trainAccuracy);
  }, 60_000);

  it.each([
    ['blobs that overlap', blobs(300, 4, 0.8, 1)],
    ['blobs far apart', blobs(300, 4, 0.01, 2)],
    ['one class only', labelled(blobs(50, 3, 0.5, 3).features, new Int32Array(50))],
    [
      'constant features',
      labelled(rowMatrix(40, 2, new Float64Array(80)), blobs(40, 3, 1, 4).labels),
    ],
    ['features alike', alike(200)],
  ])('arrives at the minimum of %s', (name, data) => {
    const model = told(name, data, 4);
    expect(model.gradientNorm).toBeLessThan(1e-7);
    expect(model.objective).toBeCloseTo(plainObjective(data, 4, model.weights), 12);
  });

  it('arrives on wide features', () => {
    const random = new RandomStream([3, 3]);
    const labels = Int32Array.from({ length: 600 }, (_, row) => row % 10);
    const values = Float64Array.from(
      { length: 600 * 128 },
      (_, i) => random.normal() + (i % 10 === Math.floor(i / 128) % 10 ? 0.3 : 0),
    );
    expect(
      told('600 × 128', labelled(rowMatrix(600, 128, values), labels), 10).gradientNorm,
    ).toBeLessThan(1e-7);
  }, 120_000);
});

/** Four features that are almost the same one: an objective with a long flat valley. */
function alike(rows: number): Labelled {
  const random = new RandomStream([9, 9]);
  const values = Float64Array.from({ length: rows }, () => random.normal());
  const features = Float64Array.from(
    { length: rows * 4 },
    (_, i) => (values[Math.floor(i / 4)] ?? 0) + 1e-4 * random.normal(),
  );
  const labels = Int32Array.from(values, (value) =>
    value < -1 ? 0 : value < 0 ? 1 : value < 1 ? 2 : 3,
  );
  return labelled(rowMatrix(rows, 4, features), labels);
}
