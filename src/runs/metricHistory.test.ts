import { describe, expect, it } from 'vitest';
import { MetricHistory } from './metricHistory';
import type { Rows } from './metricHistory';

function rowsOf(firstStep: number, values: readonly number[], name = 'loss'): Rows {
  return { names: [name], firstStep, rows: values.length, values: Float64Array.from(values) };
}

const squares = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => Math.sin((from + i) ** 2));

describe('MetricHistory', () => {
  it('keeps every step of several metrics while there is room', () => {
    const history = new MetricHistory(8);
    history.append({
      names: ['a', 'b'],
      firstStep: 0,
      rows: 2,
      values: Float64Array.of(1, 2, 3, 4),
    });
    history.append({ names: ['a', 'b'], firstStep: 2, rows: 1, values: Float64Array.of(5, 6) });
    expect([...(history.column('a')?.mean ?? [])]).toEqual([1, 3, 5]);
    expect([...(history.column('b')?.mean ?? [])]).toEqual([2, 4, 6]);
    expect(history.nextStep).toBe(3);
    expect(history.stride).toBe(1);
    expect(history.last('b')).toBe(6);
    expect(history.column('c')).toBeNull();
  });

  it('keeps mean and extremes of every bucket however the rows arrive', () => {
    const values = squares(0, 1000);
    const history = new MetricHistory(64);
    let at = 0;
    for (let size = 1; at < values.length; size = (size % 7) + 1) {
      history.append(rowsOf(at, values.slice(at, at + size)));
      at = Math.min(values.length, at + size);
    }
    expect(history.length).toBeLessThanOrEqual(64);
    expect(history.stride).toBe(16);
    expect(history.nextStep).toBe(1000);
    expect(history.last('loss')).toBe(values[999]);
    const column = history.column('loss');
    for (let bucket = 0; bucket < history.length; bucket++) {
      const from = history.stepAt(bucket);
      const part = values.slice(from, from + history.stride);
      expect(column?.mean[bucket]).toBeCloseTo(part.reduce((a, b) => a + b, 0) / part.length, 12);
      expect(column?.low[bucket]).toBe(Math.min(...part));
      expect(column?.high[bucket]).toBe(Math.max(...part));
    }
  });

  it('replaces the steps that come again', () => {
    const history = new MetricHistory(8);
    history.append(rowsOf(0, [1, 2, NaN]));
    history.append(rowsOf(2, [3, 4, 5]));
    expect([...(history.column('loss')?.mean ?? [])]).toEqual([1, 2, 3, 4, 5]);
    history.append(rowsOf(0, [6]));
    expect([...(history.column('loss')?.mean ?? [])]).toEqual([6]);
  });

  it('skips the steps that come again once buckets stand for several', () => {
    const history = new MetricHistory(4);
    history.append(rowsOf(0, [1, 1, 2, 2, 3, 3]));
    history.append(rowsOf(4, [3, 3, 4, 4]));
    expect(history.stride).toBe(2);
    expect([...(history.column('loss')?.mean ?? [])]).toEqual([1, 2, 3, 4]);
    history.append(rowsOf(2, [2]));
    expect(history.nextStep).toBe(8);
  });

  it('goes on with other metrics, which have no numbers before, as those that end have none after', () => {
    const history = new MetricHistory(4);
    history.append(rowsOf(0, [1, 2]));
    history.append(rowsOf(2, [3, 4], 'other'));
    expect(history.names).toEqual(['loss', 'other']);
    expect([history.firstStep, history.nextStep]).toEqual([0, 4]);
    const means = (name: string): number[] => [...(history.column(name)?.mean ?? [])];
    expect(means('loss')).toEqual([1, 2, NaN, NaN]);
    expect(means('other')).toEqual([NaN, NaN, 3, 4]);
    expect([history.last('loss'), history.last('other')]).toEqual([null, 4]);
    history.append(rowsOf(4, [5, 7], 'other'));
    expect(history.stride).toBe(2);
    expect(means('loss')).toEqual([1.5, NaN, NaN]);
    expect(means('other')).toEqual([NaN, 3.5, 6]);
    // A step that is tried again, with a graph that was changed back.
    const short = new MetricHistory(8);
    short.append(rowsOf(0, [1, 2, 3]));
    short.append(rowsOf(2, [4], 'other'));
    short.append(rowsOf(2, [5]));
    expect([...(short.column('loss')?.mean ?? [])]).toEqual([1, 2, 5]);
    expect([...(short.column('other')?.mean ?? [])]).toEqual([NaN, NaN, NaN]);
  });

  it('starts anew after a gap, and before its first step', () => {
    const history = new MetricHistory(8);
    history.append(rowsOf(2, [3], 'other'));
    history.append(rowsOf(10, [4], 'other'));
    expect([history.firstStep, history.length]).toEqual([10, 1]);
    history.append(rowsOf(0, [5]));
    expect(history.names).toEqual(['loss']);
    expect([history.firstStep, history.last('loss')]).toEqual([0, 5]);
  });

  it('lets a value that is not finite show in its bucket and nowhere else', () => {
    const history = new MetricHistory(4);
    history.append(rowsOf(0, [1, NaN, 3, 4, 5, 6, 7, 8]));
    expect(history.stride).toBe(2);
    expect([...(history.column('loss')?.mean ?? [])]).toEqual([NaN, 3.5, 5.5, 7.5]);
  });

  it('forgets everything on clear', () => {
    const history = new MetricHistory(4);
    history.append(rowsOf(5, squares(0, 20)));
    history.clear();
    expect([history.length, history.nextStep, history.stride]).toEqual([0, 0, 1]);
    history.append(rowsOf(0, [1]));
    expect(history.last('loss')).toBe(1);
  });
});
