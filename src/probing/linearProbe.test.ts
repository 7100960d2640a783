import { describe, expect, it } from 'vitest';
import { knnAccuracy } from './knn';
import { labelled, thinLabelled, type Labelled } from './labelled';
import { linearProbeAccuracy } from './linearProbe';
import { rowMatrix } from './rowMatrix';
import { blobs, digits, everyFifth, firstRows } from './testing/labelledData';

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

  it('reads digits off their pixels as well as scikit-learn does (tests/oracles/logisticRegression.py)', () => {
    const { train, test } = digits(firstRows(1437));
    expect(linearProbeAccuracy(train, test)).toBeCloseTo(0.8972222222222223, 12);
  }, 60_000);

  it('reads digits of known writers better than those of others', () => {
    const { train, test } = digits(everyFifth);
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
    const { train, test } = digits(everyFifth);
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
