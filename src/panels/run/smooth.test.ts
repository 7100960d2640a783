import { describe, expect, it } from 'vitest';
import { smooth } from './smooth';

describe('smooth', () => {
  it('is the normalised weighted mean of the past', () => {
    const values = Float64Array.from([3, -1, 4, 1, -5, 9]);
    const w = 0.7;
    const smoothed = smooth(values, w);
    values.forEach((_, t) => {
      let sum = 0;
      let total = 0;
      for (let k = 0; k <= t; k++) {
        sum += w ** (t - k) * (values[k] ?? NaN);
        total += w ** (t - k);
      }
      expect(smoothed[t]).toBeCloseTo(sum / total, 12);
    });
  });

  it('changes nothing at weight 0 and keeps a constant at any weight', () => {
    expect([...smooth(Float64Array.of(2, 5, 1), 0)]).toEqual([2, 5, 1]);
    for (const weight of [0.3, 0.9, 0.99]) {
      const constant = new Float64Array(500).fill(0.1);
      expect(smooth(constant, weight)).toEqual(constant);
      expect(smooth(constant, weight, 16)).toEqual(constant);
    }
  });

  it('forgets as fast when a bucket stands for several steps', () => {
    const fine = new Float64Array(800).map((_, i) => (i < 400 ? 0 : 1));
    const coarse = new Float64Array(100).map((_, i) => (i < 50 ? 0 : 1));
    const last = (values: Float64Array): number => values.at(-1) ?? NaN;
    expect(last(smooth(coarse, 0.99, 8))).toBeCloseTo(last(smooth(fine, 0.99)), 10);
  });

  it('leaves out what is not finite', () => {
    expect([...smooth(Float64Array.of(1, NaN, 1), 0.5)]).toEqual([1, NaN, 1]);
  });
});
