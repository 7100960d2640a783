import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../core/random';
import { knnAccuracy } from './knn';
import { labelled, thinLabelled, type Labelled } from './labelled';
import { fitLogistic, linearProbeAccuracy } from './linearProbe';
import { rowMatrix } from './rowMatrix';

/** Real handwritten digits (public/data/README.md), every fifth held out: the file is ordered by writer. */
function digits(): { train: Labelled; test: Labelled } {
  const bytes = readFileSync(new URL('../../public/data/digits.bin', import.meta.url));
  const all = Array.from({ length: 1797 }, (_, row) => row);
  const pick = (rows: number[]): Labelled =>
    labelled(
      rowMatrix(
        rows.length,
        64,
        Float64Array.from(rows.flatMap((row) => [...bytes.subarray(row * 64, (row + 1) * 64)])),
      ),
      Int32Array.from(rows, (row) => bytes[all.length * 64 + row] ?? 0),
    );
  return {
    train: pick(all.filter((row) => row % 5 !== 2)),
    test: pick(all.filter((row) => row % 5 === 2)),
  };
}

/** Gaussian blobs around the corners of a simplex. */
function blobs(rows: number, classes: number, spread: number, seed: number): Labelled {
  const random = new RandomStream([seed, 5]);
  const values = new Float64Array(rows * classes);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  for (let i = 0; i < values.length; i++) {
    const isCorner = i % classes === labels[Math.floor(i / classes)];
    values[i] = (isCorner ? 1 : 0) + spread * random.normal();
  }
  return labelled(rowMatrix(rows, classes, values), labels);
}

/** The objective again, in its plainest form. */
function objective({ features, labels }: Labelled, classes: number, weights: Float64Array): number {
  const { rows, columns, values } = features;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const logits = Array.from({ length: classes }, (_, c) => {
      let logit = weights[columns * classes + c] ?? 0;
      for (let i = 0; i < columns; i++) {
        logit += (values[row * columns + i] ?? 0) * (weights[i * classes + c] ?? 0);
      }
      return logit;
    });
    const normaliser = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    total += normaliser - (logits[labels[row] ?? 0] ?? 0);
  }
  const penalty = weights.subarray(0, columns * classes).reduce((sum, w) => sum + w * w, 0);
  return total / rows + penalty / (2 * rows);
}

describe('fitLogistic', () => {
  it('stands where the finite differences of the objective vanish', () => {
    const data = blobs(120, 3, 0.6, 1);
    const { weights } = fitLogistic(data.features, data.labels, 3, {
      iterations: 5000,
      tolerance: 1e-6,
    });
    const at = (index: number, shift: number): number => {
      const moved = weights.slice();
      moved[index] = (moved[index] ?? 0) + shift;
      return objective(data, 3, moved);
    };
    for (let index = 0; index < weights.length; index++) {
      const slope = (at(index, 1e-5) - at(index, -1e-5)) / 2e-5;
      expect(Math.abs(slope)).toBeLessThan(1e-5);
    }
  });
});

describe('linearProbeAccuracy', () => {
  it('separates what is separable, whatever its scale', () => {
    const train = blobs(200, 4, 0.1, 1);
    const test = blobs(100, 4, 0.1, 2);
    const shrunk = ({ features, labels }: Labelled): Labelled =>
      labelled({ ...features, values: features.values.map((x) => 7 + x * 1e-6) }, labels);
    expect(linearProbeAccuracy(train, test)).toBe(1);
    expect(linearProbeAccuracy(shrunk(train), shrunk(test))).toBe(1);
  });

  it('guesses from constant features', () => {
    const { features, labels } = blobs(100, 4, 0.1, 1);
    const constant = labelled({ ...features, values: features.values.fill(3) }, labels);
    expect(linearProbeAccuracy(constant, constant)).toBeCloseTo(0.25, 1);
  });

  it('reads digits off their pixels with the accuracy that 4-math 4.6 expects', () => {
    const { train, test } = digits();
    const accuracy = linearProbeAccuracy(train, test);
    expect(accuracy).toBeGreaterThan(0.95);
    expect(accuracy).toBeLessThan(0.99);
  }, 60_000);
});

describe('knnAccuracy', () => {
  it('agrees with a plain sort over all pairs', () => {
    const train = blobs(150, 4, 0.5, 1);
    const test = blobs(60, 4, 0.5, 2);
    const unit = ({ features: { rows, columns, values } }: Labelled): number[][] =>
      Array.from({ length: rows }, (_, row) => {
        const sample = [...values.subarray(row * columns, (row + 1) * columns)];
        const norm = Math.hypot(...sample);
        return sample.map((x) => x / norm);
      });
    const bank = unit(train);
    const right = unit(test).filter((query, row) => {
      const ranked = bank
        .map((known, i) => ({
          cosine: known.reduce((sum, x, j) => sum + x * (query[j] ?? 0), 0),
          label: train.labels[i] ?? 0,
        }))
        .sort((a, b) => b.cosine - a.cosine)
        .slice(0, 20);
      const votes = [0, 0, 0, 0];
      for (const { cosine, label } of ranked) {
        votes[label] = (votes[label] ?? 0) + Math.exp(cosine / 0.07);
      }
      return votes.indexOf(Math.max(...votes)) === test.labels[row];
    });
    expect(knnAccuracy(train, test)).toBeCloseTo(right.length / 60, 12);
  });

  it('reads digits off their pixels', () => {
    const { train, test } = digits();
    expect(knnAccuracy(train, test)).toBeGreaterThan(0.96);
  }, 60_000);
});

describe('thinLabelled', () => {
  it('takes evenly spread rows with their labels', () => {
    const features = rowMatrix(6, 1, Float64Array.of(0, 1, 2, 3, 4, 5));
    const thinned = thinLabelled(labelled(features, Int32Array.of(0, 1, 2, 3, 4, 5)), 3);
    expect([...thinned.features.values]).toEqual([0, 2, 4]);
    expect([...thinned.labels]).toEqual([0, 2, 4]);
  });
});
