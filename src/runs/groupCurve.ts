import type { Column, MetricHistory } from './metricHistory';

/** One metric of one run, or of several together. */
export interface Course {
  readonly firstStep: number;
  /** Steps that one bucket stands for. */
  readonly stride: number;
  readonly column: Column;
}

export function courseOf(history: MetricHistory, name: string): Course | null {
  const column = history.column(name);
  if (column === null) return null;
  return { firstStep: history.firstStep, stride: history.stride, column };
}

/**
 * Several runs as one: at every step the mean over those that have come so far, and the least and the greatest of them. Where runs are
 * kept at different resolutions the coarsest is taken, a bucket being the mean of a run's steps in it. A number that is not
 * finite makes the bucket so: a run that diverged is not averaged away.
 */
export function groupCurve(courses: readonly Course[]): Course | null {
  if (courses.length === 0) return null;
  const stride = Math.max(...courses.map((course) => course.stride));
  const firstStep = Math.floor(Math.min(...courses.map(startOf)) / stride) * stride;
  const end = Math.max(...courses.map(endOf));
  const length = Math.ceil((end - firstStep) / stride);
  const column = {
    mean: new Float64Array(length).fill(NaN),
    low: new Float64Array(length).fill(NaN),
    high: new Float64Array(length).fill(NaN),
  };
  const members = courses.map((course) => coarsened(course, firstStep, stride, length));
  for (let bucket = 0; bucket < length; bucket++) {
    const values = members.flatMap(({ sums, counts }) => {
      const count = counts[bucket] ?? 0;
      return count === 0 ? [] : [(sums[bucket] ?? NaN) / count];
    });
    if (values.length === 0) continue;
    column.mean[bucket] = values.reduce((sum, value) => sum + value, 0) / values.length;
    column.low[bucket] = Math.min(...values);
    column.high[bucket] = Math.max(...values);
  }
  return { firstStep, stride, column };
}

const startOf = ({ firstStep }: Course): number => firstStep;
const endOf = ({ firstStep, stride, column }: Course): number =>
  firstStep + column.mean.length * stride;

/** Sums of a run's buckets in each bucket of a grid, and how many there were. */
function coarsened(
  { firstStep, stride, column }: Course,
  from: number,
  gridStride: number,
  length: number,
): { readonly sums: Float64Array; readonly counts: Uint32Array } {
  const sums = new Float64Array(length);
  const counts = new Uint32Array(length);
  column.mean.forEach((value, index) => {
    const bucket = Math.floor((firstStep + index * stride - from) / gridStride);
    sums[bucket] = (sums[bucket] ?? 0) + value;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  });
  return { sums, counts };
}
