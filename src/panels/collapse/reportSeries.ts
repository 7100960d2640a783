import type { ProbeReport } from '../../probing/report';
import { ENERGY_STATISTICS, REPRESENTATION_STATISTICS } from '../../probing/statistics';
import type { Extent, StatisticTable } from '../../probing/statistics/statistic';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';
import type { Curve } from '../charts/curve';
import { statisticOf, type ShownStatistic } from './statisticColumns';

export interface ReportChart {
  readonly title: string;
  /** One sentence on how to read it. */
  readonly hint: string;
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
}

type Reports = Readonly<Record<string, { readonly label: string } & Partial<Extent>>>;

/** How the evidence moved: every statistic that has a chart, of every representation and energy. */
export function reportCharts(reports: readonly ProbeReport[]): ReportChart[] {
  const steps = reports.map(({ step }) => step);
  return [
    ...chartsOf(
      REPRESENTATION_STATISTICS,
      reports.map(({ reps }) => reps),
      'module',
      steps,
    ),
    ...chartsOf(
      ENERGY_STATISTICS,
      reports.map(({ energies }) => energies),
      'energy',
      steps,
    ),
  ];
}

function chartsOf(
  table: StatisticTable<never>,
  reports: readonly Reports[],
  role: 'module' | 'energy',
  steps: readonly number[],
): ReportChart[] {
  const latest = Object.entries(reports.at(-1) ?? {});
  const styles = curveStyles(latest.map(() => role));
  const statistics: [string, ShownStatistic][] = Object.entries(table);
  return statistics.flatMap(([key, statistic]) => {
    if (!statistic.chart) return [];
    const curves = latest.flatMap(([id, report], index): Curve[] => {
      if (statisticOf(report, key) === null) return [];
      const points = reports.map((at) => pointOf(at[id], key, statistic));
      return [{ label: report.label, style: styles[index] ?? PLAIN_STYLE, points, visible: true }];
    });
    return curves.length === 0 ? [] : [{ ...statistic.chart, steps, curves }];
  });
}

/** A value as it is drawn, as a part of its bound where it has one; null leaves a hole in the curve. */
function pointOf(
  report: Reports[string] | undefined,
  key: string,
  { bound }: ShownStatistic,
): number | null {
  const value = report === undefined ? null : statisticOf(report, key);
  if (report === undefined || value === null || !Number.isFinite(value)) return null;
  const { rows, dim } = report;
  return bound && rows !== undefined && dim !== undefined ? value / bound({ rows, dim }) : value;
}
