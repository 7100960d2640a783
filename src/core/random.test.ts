import { describe, expect, it } from 'vitest';
import {
  feistelHalfBits,
  permuteIndex,
  randomKey,
  RandomStream,
  sampleRow,
  uniformAt,
} from './random';

const KEY = randomKey(7, 'node', 'stream');

describe('randomKey', () => {
  it('differs in the seed (all 53 bits), the id and the stream, and is not symmetric in them', () => {
    const keys = [
      randomKey(1, 'a', 'b'),
      randomKey(2, 'a', 'b'),
      randomKey(1 + 2 ** 32, 'a', 'b'),
      randomKey(1, 'b', 'a'),
      randomKey(1, 'a', 'c'),
      randomKey(1, 'ab', ''),
      randomKey(1, '', 'ab'),
    ].map((key) => key.join());
    expect(new Set(keys).size).toBe(keys.length);
    expect(randomKey(1, 'a', 'b').join()).toBe(keys[0]);
  });
});

describe('uniformAt', () => {
  it('gives 24-bit fractions in [0, 1)', () => {
    for (let i = 0; i < 1000; i++) {
      const u = uniformAt(KEY, 3, i);
      expect(u).toBeGreaterThanOrEqual(0);
      expect(u).toBeLessThan(1);
      expect(Number.isInteger(u * 2 ** 24)).toBe(true);
      expect(Math.fround(u)).toBe(u);
    }
  });

  it('is uniform: chi-square over 64 bins, and uncorrelated between neighbours and steps', () => {
    const count = 64_000;
    const bins = new Array<number>(64).fill(0);
    let alongIndex = 0;
    let alongStep = 0;
    for (let i = 0; i < count; i++) {
      const u = uniformAt(KEY, 0, i);
      bins[Math.floor(u * 64)] = (bins[Math.floor(u * 64)] ?? 0) + 1;
      alongIndex += (u - 0.5) * (uniformAt(KEY, 0, i + 1) - 0.5) * 12;
      alongStep += (u - 0.5) * (uniformAt(KEY, 1, i) - 0.5) * 12;
    }
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - count / 64) ** 2 / (count / 64), 0);
    // 63 degrees of freedom: the 0.999 quantile is 103.4.
    expect(chiSquare).toBeLessThan(103.4);
    // Standard error of a correlation is 1/√count.
    expect(Math.abs(alongIndex / count)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(alongStep / count)).toBeLessThan(4 / Math.sqrt(count));
  });
});

describe('permuteIndex', () => {
  it.each([1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 100, 255, 257, 1000, 1797, 4096, 5000])(
    'is a bijection of 0..%i−1',
    (count) => {
      for (const epoch of [0, 1, 999]) {
        const images = new Set<number>();
        for (let i = 0; i < count; i++) {
          const image = permuteIndex(KEY, epoch, count, i);
          expect(image >= 0 && image < count).toBe(true);
          images.add(image);
        }
        expect(images.size).toBe(count);
      }
    },
  );

  it('mixes: each place is taken by each row about equally often over epochs', () => {
    const count = 50;
    const epochs = 4000;
    const table = new Array<number>(count * count).fill(0);
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let i = 0; i < count; i++) {
        const cell = i * count + permuteIndex(KEY, epoch, count, i);
        table[cell] = (table[cell] ?? 0) + 1;
      }
    }
    const expected = epochs / count;
    const chiSquare = table.reduce((sum, cell) => sum + (cell - expected) ** 2 / expected, 0);
    // (50−1)² = 2401 degrees of freedom: the 0.999 quantile is 2621.
    // (Four rounds on a domain of 16 are not that even: a cell is off by 6 % with ten rows.)
    expect(chiSquare).toBeLessThan(2621);
  });

  it('works on the smallest even power of two that holds the rows', () => {
    expect([1, 2, 4, 5, 16, 17, 64, 65].map(feistelHalfBits)).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
  });
});

describe('sampleRow', () => {
  it('draws every row once in an epoch, whatever the batch size', () => {
    const [count, batchSize] = [23, 8];
    const drawn: number[] = [];
    for (let step = 0; drawn.length < 3 * count; step++) {
      for (let i = 0; i < batchSize; i++) drawn.push(sampleRow(KEY, step, batchSize, count, i));
    }
    for (let epoch = 0; epoch < 3; epoch++) {
      const rows = drawn.slice(epoch * count, (epoch + 1) * count);
      expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }
    expect(drawn.slice(0, count)).not.toEqual(drawn.slice(count, 2 * count));
  });
});

describe('RandomStream', () => {
  it('has normals of mean 0, variance 1 and kurtosis 3', () => {
    const stream = new RandomStream(KEY);
    const count = 40_000;
    const moments = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const x = stream.normal();
      [x, x * x, x ** 4].forEach((power, k) => (moments[k] = (moments[k] ?? 0) + power / count));
    }
    expect(Math.abs(moments[0] ?? NaN)).toBeLessThan(0.02);
    expect(moments[1]).toBeCloseTo(1, 1);
    expect(Math.abs((moments[2] ?? NaN) - 3)).toBeLessThan(0.2);
  });

  it('has integers below the bound, all of them', () => {
    const stream = new RandomStream(KEY);
    const seen = new Set(Array.from({ length: 400 }, () => stream.integer(7)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
