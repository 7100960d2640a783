import { describe, expect, it } from 'vitest';
import { binPositions, binsFor, decimateExtremes, decimateMean } from './decimate';

const column = (values: readonly number[]) => {
  const array = Float64Array.from(values);
  return { mean: array, low: array, high: array };
};

describe('decimation', () => {
  it('draws every bucket while there are few', () => {
    const bins = binsFor(0, 5, 10);
    expect(binPositions(bins)).toEqual([0, 1, 2, 3, 4]);
    expect(decimateExtremes(column([5, 4, NaN, 2, 1]), bins)).toEqual([5, 4, null, 2, 1]);
  });

  it('stays within the asked number of runs and covers the whole range', () => {
    for (const [from, to, most] of [
      [0, 1000, 100],
      [37, 911, 64],
      [999, 1000, 1],
      [0, 65_536, 900],
    ] as const) {
      const bins = binsFor(from, to, most);
      const runs = Math.ceil((to - bins.from) / bins.size);
      expect(runs).toBeLessThanOrEqual(most);
      expect(bins.from).toBeLessThanOrEqual(from);
      expect(bins.from % bins.size).toBe(0);
    }
  });

  it('keeps a spike that one step made', () => {
    const values = new Array<number>(10_000).fill(1);
    values[7777] = 50;
    values[1234] = -3;
    const points = decimateExtremes(column(values), binsFor(0, values.length, 200));
    expect(points.length).toBeLessThanOrEqual(400);
    expect(points.filter((point) => point === 50)).toHaveLength(1);
    expect(points.filter((point) => point === -3)).toHaveLength(1);
  });

  it('runs up and down with the curve', () => {
    const falling = decimateExtremes(column([8, 7, 6, 5, 4, 3, 2, 1]), binsFor(0, 8, 4));
    expect(falling.slice(2)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('has as many points as positions, in order, for means too', () => {
    const bins = binsFor(0, 103, 10);
    const positions = binPositions(bins);
    const values = Float64Array.from({ length: 103 }, (_, i) => i);
    expect(decimateMean(values, bins)).toHaveLength(positions.length);
    expect(decimateExtremes(column([...values]), bins)).toHaveLength(positions.length);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(positions.length);
    expect(decimateMean(values, bins)[0]).toBe((bins.size - 1) / 2);
  });
});
