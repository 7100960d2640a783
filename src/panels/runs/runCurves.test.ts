import { describe, expect, it } from 'vitest';
import { MetricHistory } from '../../runs/metricHistory';
import type { RunRecord } from '../../runs/runRecord';
import { madeUpRun } from '../../runs/testing/madeUpRun';
import { courseAt, lastValue, overlayCurves, rowCourse } from './runCurves';
import { runRows, runStyle, shownStatus } from './runRows';

const LOOK = { search: '', scope: null, grouped: false } as const;

function history(values: readonly number[], capacity = 4096): MetricHistory {
  const made = new MetricHistory(capacity);
  const rows = values.length;
  made.append({ names: ['loss'], firstStep: 0, rows, values: Float64Array.from(values) });
  return made;
}

const RUNS: readonly RunRecord[] = [
  madeUpRun({ id: 'c', ordinal: 3, group: 'y' }),
  madeUpRun({ id: 'b', ordinal: 2, group: 'x' }),
  madeUpRun({ id: 'a', ordinal: 1, group: 'x' }),
];
const CURVES = new Map([
  ['a', history([1, 2, 3])],
  ['b', history([3, 6])],
  ['c', history([7, 7, 7, 7])],
]);

function overlay(grouped: boolean, hidden: ReadonlySet<string>, smoothing = 0) {
  const rows = runRows(RUNS, { ...LOOK, grouped });
  const courses = new Map(
    rows.flatMap((row) => {
      const course = rowCourse(row, CURVES, 'Total');
      return course === null ? [] : [[row.key, course] as const];
    }),
  );
  const options = { metric: 'Total', smoothing, width: 600, hidden };
  return { rows, courses, ...overlayCurves(rows, courses, options) };
}

describe('runRows', () => {
  it('lists runs one by one, or those that differ in their seeds as one', () => {
    expect(runRows(RUNS, LOOK).map(({ key }) => key)).toEqual(['c', 'b', 'a']);
    const groups = runRows(RUNS, { ...LOOK, grouped: true });
    expect(groups.map(({ runs }) => runs.map(({ id }) => id))).toEqual([['c'], ['b', 'a']]);
    expect(groups[1]?.style).toEqual(runStyle({ ordinal: 1 }));
  });

  it('takes a run that nobody records for interrupted', () => {
    const running = madeUpRun({ id: 'a', status: 'running', updated: 1000 });
    expect(shownStatus(running, new Set(['a']), 1e9)).toBe('running');
    expect(shownStatus(running, new Set(), 1001)).toBe('interrupted');
    expect(shownStatus(running, null, 2000)).toBe('running');
    expect(shownStatus(running, null, 1e9)).toBe('interrupted');
    expect(shownStatus(madeUpRun({ status: 'paused' }), new Set(), 1e9)).toBe('paused');
  });
});

describe('overlayCurves', () => {
  it('draws every run at its own steps', () => {
    const { steps, curves } = overlay(false, new Set());
    expect(steps).toEqual([0, 1, 2, 3]);
    expect(curves.map(({ points }) => points)).toEqual([
      [7, 7, 7, 7],
      [3, 6, undefined, undefined],
      [1, 2, 3, undefined],
    ]);
  });

  it('draws the mean of a group in the range of its members', () => {
    const { curves, bands } = overlay(true, new Set());
    expect(bands).toEqual([{ upper: 1, lower: 2, colour: runStyle({ ordinal: 1 }).colour }]);
    expect(curves.map(({ points }) => points.slice(0, 3))).toEqual([
      [7, 7, 7],
      [3, 6, 3],
      [1, 2, 3],
      [2, 4, 3],
    ]);
  });

  it('changes no other run, and no number, by hiding one', () => {
    for (const grouped of [false, true]) {
      const all = overlay(grouped, new Set(), 0.6);
      const some = overlay(grouped, new Set([all.rows[0]?.key ?? '']), 0.6);
      const left = all.curves.filter(({ label, style }) =>
        some.curves.some((curve) => curve.label === label && curve.style.colour === style.colour),
      );
      const drawn = (curves: typeof all.curves) =>
        curves.map(({ points, style }) => [style, points.filter((point) => point !== undefined)]);
      expect(drawn(some.curves)).toEqual(drawn(left));
      for (const [key, course] of all.courses) {
        const other = some.courses.get(key);
        expect(other && courseAt(other, 1, 0.6)).toEqual(courseAt(course, 1, 0.6));
      }
    }
  });

  it('leaves a constant exactly flat, however smooth', () => {
    const { courses } = overlay(false, new Set());
    const constant = courses.get('c');
    if (constant === undefined) throw new Error('no curve');
    for (const smoothing of [0, 0.3, 0.99]) {
      for (const step of [0, 1, 2, 3]) {
        expect(courseAt(constant, step, smoothing)?.mean).toBe(7);
      }
    }
    expect(courseAt(constant, 9, 0)).toBeNull();
  });

  it('ends with what each run of a group ended with, also where one went on for longer', () => {
    const group = runRows(RUNS, { ...LOOK, grouped: true })[1];
    const ended = RUNS.map((run) => {
      const last = CURVES.get(run.id)?.last('loss') ?? NaN;
      return { ...run, curve: { ...run.curve, last: [last] } };
    });
    if (group === undefined) throw new Error('no group');
    const runs = ended.filter(({ id }) => group.runs.some((run) => run.id === id));
    const value = lastValue({ ...group, runs }, CURVES, 'Total', 0);
    expect(value).toEqual({ mean: 4.5, low: 3, high: 6 });
    const smoothed = lastValue({ ...group, runs }, CURVES, 'Total', 0.5);
    // ŷ = (x₁/2 + x₂)/(3/2) of two values, (x₁/4 + x₂/2 + x₃)/(7/4) of three.
    const [three, two] = [(0.25 + 1 + 3) / 1.75, (1.5 + 6) / 1.5];
    expect(smoothed?.low).toBeCloseTo(three, 12);
    expect(smoothed?.high).toBeCloseTo(two, 12);
  });
});
