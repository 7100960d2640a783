import type { ChartBand, Curve } from '../charts/curve';
import { courseOf, groupCurve, type Course } from '../../runs/groupCurve';
import type { MetricHistory } from '../../runs/metricHistory';
import {
  binPositions,
  binsFor,
  decimateExtremes,
  decimateMean,
  type Points,
} from '../run/decimate';
import { smooth } from '../run/smooth';
import { seriesName, type RunRow } from './runRows';

export interface OverlayOptions {
  /** Label of the curve. */
  readonly metric: string;
  /** Weight of the moving average for one step; 0 for none. */
  readonly smoothing: number;
  /** Pixels there are to draw in. */
  readonly width: number;
  readonly hidden: ReadonlySet<string>;
}

export interface Overlay {
  /** Ascending. */
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
  readonly bands: readonly ChartBand[];
}

/** The curve of a row; null where none of its runs has one, or has been read. */
export function rowCourse(
  { runs }: RunRow,
  curves: ReadonlyMap<string, MetricHistory>,
  metric: string,
): Course | null {
  const courses = runs.flatMap((run) => {
    const name = seriesName(run, metric);
    const history = curves.get(run.id);
    return (name !== null && history && courseOf(history, name)) || [];
  });
  return courses.length === 1 ? (courses[0] ?? null) : groupCurve(courses);
}

/**
 * The curves of several runs over each other; of groups the mean with the range around it. Each is made of its own runs alone, so
 * that hiding one changes nothing of the others.
 */
export function overlayCurves(
  rows: readonly RunRow[],
  courses: ReadonlyMap<string, Course>,
  { smoothing, width, hidden }: OverlayOptions,
): Overlay {
  const parts: Part[] = [];
  const bands: ChartBand[] = [];
  for (const row of rows) {
    const course = courses.get(row.key);
    if (course === undefined || hidden.has(row.key)) continue;
    const label = row.first.name;
    const smoothed = smoothCourse(course, smoothing);
    if (row.runs.length > 1) {
      // The upper edge, then the lower one: a band is between two curves by number.
      const edges = (['high', 'low'] as const).map((edge) =>
        part(smoothed, width, (column, bins) => decimateMean(column[edge], bins), {
          label: `${label}, ${edge === 'high' ? 'greatest' : 'least'}`,
          style: { ...row.style, dash: [] },
          faint: true,
        }),
      );
      bands.push({ upper: parts.length, lower: parts.length + 1, colour: row.style.colour });
      parts.push(...edges);
    } else if (smoothing > 0) {
      parts.push(part(course, width, decimateExtremes, { label, style: row.style, faint: true }));
    }
    const isMean = smoothing > 0 || row.runs.length > 1;
    parts.push(
      part(
        smoothed,
        width,
        isMean ? (column, bins) => decimateMean(column.mean, bins) : decimateExtremes,
        { label, style: row.style },
      ),
    );
  }
  const steps = [...new Set(parts.flatMap((one) => one.steps))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  const curves = parts.map(({ steps: own, points, ...curve }): Curve => {
    const placed: Points = steps.map(() => undefined);
    own.forEach((step, index) => {
      const at = place.get(step);
      if (at !== undefined) placed[at] = points[index];
    });
    return { ...curve, visible: true, points: placed };
  });
  return { steps, curves, bands };
}

type Part = Pick<Curve, 'label' | 'style' | 'faint' | 'points'> & {
  readonly steps: readonly number[];
};

function part(
  { firstStep, stride, column }: Course,
  width: number,
  decimate: typeof decimateExtremes,
  look: Pick<Curve, 'label' | 'style' | 'faint'>,
): Part {
  const bins = binsFor(0, column.mean.length, Math.max(100, width));
  return {
    ...look,
    steps: binPositions(bins).map((bucket) => firstStep + bucket * stride),
    points: decimate(column, bins),
  };
}

function smoothCourse(course: Course, smoothing: number): Course {
  if (smoothing === 0) return course;
  const { stride, column } = course;
  const smoothed = (values: Float64Array): Float64Array => smooth(values, smoothing, stride);
  return {
    ...course,
    column: {
      mean: smoothed(column.mean),
      low: smoothed(column.low),
      high: smoothed(column.high),
    },
  };
}

/** A curve at one step: the mean, and the range where there are several runs. */
export interface CourseValue {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What a row is at a step, smoothed as its curve is; null where it has none. */
export function courseAt(course: Course, step: number, smoothing: number): CourseValue | null {
  const bucket = Math.floor((step - course.firstStep) / course.stride);
  if (bucket < 0 || bucket >= course.column.mean.length) return null;
  const { column } = smoothCourse(course, smoothing);
  return {
    mean: column.mean[bucket] ?? NaN,
    low: column.low[bucket] ?? NaN,
    high: column.high[bucket] ?? NaN,
  };
}

/** What a row ended with: each of its runs at its own last step. Null where none has the curve. */
export function lastValue(
  { runs }: RunRow,
  curves: ReadonlyMap<string, MetricHistory>,
  metric: string,
  smoothing: number,
): CourseValue | null {
  const values = runs.flatMap((run) => {
    const name = seriesName(run, metric);
    if (name === null) return [];
    const history = curves.get(run.id);
    const course = smoothing > 0 && history ? courseOf(history, name) : null;
    const smoothed = course && smooth(course.column.mean, smoothing, course.stride).at(-1);
    return smoothed ?? run.curve.last[run.curve.names.indexOf(name)] ?? [];
  });
  if (values.length === 0) return null;
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    low: Math.min(...values),
    high: Math.max(...values),
  };
}
