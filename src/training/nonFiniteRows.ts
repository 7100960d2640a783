import { measurements, type Metric, type ProgramMetrics } from '../compiler/metrics';
import type { MetricRows } from '../engine/engine';

/** Metrics that the optimizer's guard looks at: once one of them is not finite, the state stands still. */
const GUARDED: readonly Metric['kind'][] = ['loss', 'gradNorm'];

/** As the guard looks: in the 32 bits that programs compute with, although an engine may keep more. */
function isFinite32(value: number | undefined): boolean {
  return Number.isFinite(Math.fround(value ?? NaN));
}

/** The first of `rows` whose loss or gradient is not finite, as an index, or null. */
export function firstBadRow(metrics: ProgramMetrics, rows: MetricRows): number | null {
  const { names, values } = rows;
  const columns = names.flatMap((name, column) => {
    const metric = metrics.get(name);
    return metric && GUARDED.includes(metric.kind) ? [column] : [];
  });
  for (let row = 0; row < rows.rows; row++) {
    const bad = columns.some((column) => !isFinite32(values[row * names.length + column]));
    if (bad) return row;
  }
  return null;
}

/** The first `rows` rows. */
export function takeRows(metrics: MetricRows, rows: number): MetricRows {
  return { ...metrics, rows, values: metrics.values.slice(0, rows * metrics.names.length) };
}

/** What the metrics of a bad step say. */
export interface BadRow {
  /** What went first. */
  readonly metric: 'loss' | 'gradNorm';
  readonly value: number;
  /** Node of the first term of the objective that was not finite, in the order of the objective. */
  readonly term: string | null;
}

export function readBadRow(metrics: ProgramMetrics, rows: MetricRows, row: number): BadRow {
  const bad = measurements(metrics, rows, row).filter(({ value }) => !isFinite32(value));
  const loss = bad.find(({ metric }) => metric.kind === 'loss');
  const gradient = bad.find(({ metric }) => metric.kind === 'gradNorm');
  const term = bad
    .map(({ metric }) => metric)
    .find((metric) => metric.kind === 'term' || metric.kind === 'value');
  return {
    metric: !loss && gradient ? 'gradNorm' : 'loss',
    value: (loss ?? gradient)?.value ?? NaN,
    term: term ? term.nodeId : null,
  };
}
