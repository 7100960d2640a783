import { expect, it } from 'vitest';
import { report } from '../run/testing/runFixture';
import { KeptReports } from './keptReports';

const SIZE = JSON.stringify(report(1, 'healthy')).length;

/** The steps that are kept after reports at these times, a step each. */
function kept(times: readonly number[], mostBytes: number): number[] {
  const reports = new KeptReports([], mostBytes);
  const steps = new Set<number>();
  times.forEach((time, index) => {
    const { isKept, dropped } = reports.offer(report(index, 'healthy'), time, false);
    if (isKept) steps.add(index);
    for (const step of dropped) steps.delete(step);
  });
  return [...steps];
}

it('keeps reports that are not too close together', () => {
  expect(kept([0, 100, 499, 500, 900, 1100], 1e9)).toEqual([0, 3, 5]);
});

it('lets every second one go when they take too much, and then keeps fewer', () => {
  const times = Array.from({ length: 100 }, (_, index) => index * 500);
  const steps = kept(times, 10.5 * SIZE);
  expect(steps.length).toBeLessThanOrEqual(11);
  expect(steps[0]).toBe(0);
  // Spread over the whole run.
  const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(32);
  expect(steps.at(-1)).toBeGreaterThan(80);
});

it('keeps the last one in any case, and forgets a course that was not taken', () => {
  const reports = new KeptReports([10, 20, 30], 1e9);
  expect(reports.offer(report(15, 'healthy'), 0, false).isKept).toBe(true);
  expect(reports.offer(report(16, 'healthy'), 1, false).isKept).toBe(false);
  expect(reports.offer(report(17, 'healthy'), 2, true)).toEqual({ isKept: true, dropped: [] });
});
