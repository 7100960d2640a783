import type { Column } from '../../runs/metricHistory';

/**
 * Points of a curve for drawing, at the positions of `binPositions`. `null` where a value is not finite: the curve has a gap there.
 * `undefined` where this curve has no point of its own: the line goes on to the next one.
 */
export type Points = (number | null | undefined)[];

/** Where the points of a decimated curve stand: runs of `size` buckets, from bucket `from` to before `to`. */
export interface Bins {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/**
 * Divides the buckets `[from, to)` into at most `most` runs of equal length. The runs begin at multiples of their length, so that they
 * stay what they are while a run goes on and the curve does not shimmer.
 */
export function binsFor(from: number, to: number, most: number): Bins {
  let size = 1;
  while (Math.ceil(to / size) - Math.floor(from / size) > Math.max(1, most)) size *= 2;
  return { from: Math.floor(from / size) * size, to, size };
}

/** The bucket at which each point stands: two for each run of more than one bucket, for its two extremes. */
export function binPositions(bins: Bins): number[] {
  const positions: number[] = [];
  forEachRun(bins, (start, end) => {
    positions.push(start);
    if (bins.size > 1) positions.push((start + end) / 2);
  });
  return positions;
}

/** The curve with both extremes of every run of buckets, in the order that keeps the line shortest. */
export function decimateExtremes({ mean, low, high }: Column, bins: Bins): Points {
  if (bins.size === 1) return Array.from(mean.subarray(bins.from, bins.to), finite);
  const points: Points = [];
  let previous = NaN;
  forEachRun(bins, (start, end) => {
    let least = Infinity;
    let greatest = -Infinity;
    for (let i = start; i < end; i++) {
      least = Math.min(least, low[i] ?? NaN);
      greatest = Math.max(greatest, high[i] ?? NaN);
    }
    const highFirst = Math.abs(previous - greatest) < Math.abs(previous - least);
    previous = highFirst ? least : greatest;
    points.push(finite(highFirst ? greatest : least), finite(previous));
  });
  return points;
}

/** A smooth curve at the same positions: the mean of every run. */
export function decimateMean(values: Float64Array, bins: Bins): Points {
  if (bins.size === 1) return Array.from(values.subarray(bins.from, bins.to), finite);
  const points: Points = [];
  forEachRun(bins, (start, end) => {
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i] ?? NaN;
    points.push(finite(sum / (end - start)), undefined);
  });
  return points;
}

function forEachRun({ from, to, size }: Bins, visit: (start: number, end: number) => void): void {
  for (let start = from; start < to; start += size) visit(start, Math.min(start + size, to));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
