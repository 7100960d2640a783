import { describe, expect, it } from 'vitest';
import { courseOf, groupCurve, type Course } from './groupCurve';
import { MetricHistory } from './metricHistory';

function course(values: readonly number[], firstStep = 0, capacity = 1024): Course {
  const history = new MetricHistory(capacity);
  const rows = values.length;
  history.append({ names: ['loss'], firstStep, rows, values: Float64Array.from(values) });
  const made = courseOf(history, 'loss');
  if (made === null) throw new Error('no course');
  return made;
}

describe('groupCurve', () => {
  it('is the mean and the range at every step, over the runs that came so far', () => {
    const group = groupCurve([course([1, 2, 3]), course([3, 6]), course([5, 1, 9])]);
    expect(group).toMatchObject({ firstStep: 0, stride: 1 });
    expect([...(group?.column.mean ?? [])]).toEqual([3, 3, 6]);
    expect([...(group?.column.low ?? [])]).toEqual([1, 1, 3]);
    expect([...(group?.column.high ?? [])]).toEqual([5, 6, 9]);
  });

  it('is each run itself where there is one', () => {
    const only = course([0.1, 0.7, 0.2]);
    expect(groupCurve([only])?.column.mean).toEqual(only.column.mean);
  });

  it('takes the coarsest resolution, and places runs by their steps', () => {
    // Kept in four buckets of two steps.
    const coarse = course([0, 2, 4, 6, 8, 10, 12, 14], 0, 4);
    expect(coarse.stride).toBe(2);
    const late = course([100, 200], 4);
    const group = groupCurve([coarse, late]);
    expect(group).toMatchObject({ firstStep: 0, stride: 2 });
    expect([...(group?.column.mean ?? [])]).toEqual([1, 5, (9 + 150) / 2, 13]);
  });

  it('does not average a divergence away', () => {
    const group = groupCurve([course([1, NaN]), course([1, 2])]);
    expect([...(group?.column.mean ?? [])]).toEqual([1, NaN]);
  });
});
