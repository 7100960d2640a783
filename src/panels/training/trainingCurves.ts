import type { Curve } from '../charts/curve';
import type { StepRange } from '../charts/StepChart';
import type { CurveStyle } from '../charts/curveStyle';
import { binPositions, binsFor, decimateExtremes, decimateMean } from '../run/decimate';
import type { Bins } from '../run/decimate';
import type { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { smooth } from '../run/smooth';

export interface StyledSeries extends SeriesInfo {
  readonly style: CurveStyle;
}

export interface CurveOptions {
  /** Weight of the moving average for one step; 0 for none. */
  readonly smoothing: number;
  readonly zoom: StepRange | null;
  /** Pixels there are to draw in. */
  readonly width: number;
  readonly hidden: ReadonlySet<string>;
}

/** What the chart draws of these series: raw curves, or smoothed ones with the raw ones faint behind them. */
export function trainingCurves(
  history: MetricHistory,
  series: readonly StyledSeries[],
  options: CurveOptions,
): { readonly steps: readonly number[]; readonly curves: readonly Curve[] } {
  const bins = visibleBins(history, options);
  const steps = binPositions(bins).map((bucket) => history.firstStep + bucket * history.stride);
  const { smoothing } = options;
  const curve = (one: StyledSeries, faint: boolean): Curve => {
    const column = history.column(one.name);
    const visible = !options.hidden.has(one.name);
    const base = { label: one.label, style: one.style, visible, faint };
    if (column === null || !visible) return { ...base, points: steps.map(() => null) };
    if (faint || smoothing === 0) return { ...base, points: decimateExtremes(column, bins) };
    const smoothed = smooth(column.mean, smoothing, history.stride);
    return { ...base, points: decimateMean(smoothed, bins) };
  };
  const raw = smoothing === 0 ? [] : series.map((one) => curve(one, true));
  return { steps, curves: [...raw, ...series.map((one) => curve(one, false))] };
}

function visibleBins(history: MetricHistory, { zoom, width }: CurveOptions): Bins {
  const bucketOf = (step: number): number =>
    Math.floor((step - history.firstStep) / history.stride);
  const from = zoom ? Math.max(0, bucketOf(zoom[0])) : 0;
  const end = drawnLength(history);
  const to = zoom ? Math.min(end, bucketOf(zoom[1]) + 2) : end;
  return binsFor(Math.min(from, to), to, Math.max(100, width));
}

/**
 * A run stops at a step that was not finite and goes on from the state before it. What is still finite in that step is far off, and
 * would squeeze all the rest of the curve: the legend has it, the chart leaves it out.
 */
function drawnLength(history: MetricHistory): number {
  const last = history.names.flatMap((name) => history.last(name) ?? []);
  const wentWrong = last.some((value) => !Number.isFinite(value));
  return wentWrong ? Math.max(1, history.length - 1) : history.length;
}

/** The value at a step (smoothed as the curve is), or the last one; null where there is none. */
export function valueAt(
  history: MetricHistory,
  name: string,
  step: number | null,
  smoothing: number,
): number | null {
  const column = history.column(name);
  if (column === null || history.length === 0) return null;
  // What the node shows too: a bucket of many steps has their mean.
  if (step === null && smoothing === 0) return history.last(name);
  const bucket =
    step === null ? history.length - 1 : Math.floor((step - history.firstStep) / history.stride);
  if (bucket < 0 || bucket >= history.length) return null;
  const values = smoothing === 0 ? column.mean : smooth(column.mean, smoothing, history.stride);
  return values[bucket] ?? null;
}
