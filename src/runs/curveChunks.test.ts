import { describe, expect, it } from 'vitest';
import { CHUNK_BUCKETS, curveChunks, fillHistory } from './curveChunks';
import { MetricHistory } from './metricHistory';

function rows(from: number, to: number) {
  const values = Array.from({ length: to - from }, (_, i) => [
    Math.sin((from + i) ** 2),
    from + i,
  ]).flat();
  return {
    names: ['a', 'b'],
    firstStep: from,
    rows: to - from,
    values: Float64Array.from(values),
  };
}

function expectSame(a: MetricHistory, b: MetricHistory): void {
  expect(b.head).toEqual(a.head);
  for (const name of a.names) expect(b.column(name)).toEqual(a.column(name));
}

describe('curveChunks', () => {
  for (const steps of [1, CHUNK_BUCKETS, 1300, 5000]) {
    it(`keeps a history of ${steps} steps, which goes on as if nothing had been`, () => {
      const history = new MetricHistory(2048);
      history.append(rows(0, steps));
      const kept = new MetricHistory(2048);
      expect(fillHistory(kept, history.head, curveChunks(history, 0))).toBe(true);
      expectSame(history, kept);
      history.append(rows(steps, steps + 700));
      kept.append(rows(steps, steps + 700));
      expectSame(history, kept);
    });
  }

  it('gives only the pieces that a step has changed', () => {
    const history = new MetricHistory(4096);
    history.append(rows(0, 1100));
    const before = curveChunks(history, 0);
    history.append(rows(1100, 1101));
    const after = curveChunks(history, 1100);
    expect([...after.keys()]).toEqual([2]);
    const kept = new MetricHistory(4096);
    expect(fillHistory(kept, history.head, new Map([...before, ...after]))).toBe(true);
    expectSame(history, kept);
  });

  it('refuses a curve with a hole', () => {
    const history = new MetricHistory(4096);
    history.append(rows(0, 1100));
    const chunks = new Map(curveChunks(history, 0));
    chunks.delete(1);
    const kept = new MetricHistory(4096);
    expect(fillHistory(kept, history.head, chunks)).toBe(false);
    expect(kept.length).toBe(0);
  });
});
