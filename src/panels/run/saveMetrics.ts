import type { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { download, fileName } from '../download';
import { metricsCsv } from './metricsCsv';
import { metricsJsonLines } from './metricsJsonLines';

export type MetricFormat = 'csv' | 'jsonl';

export const METRIC_FORMATS: readonly { readonly id: MetricFormat; readonly title: string }[] = [
  { id: 'csv', title: 'CSV' },
  { id: 'jsonl', title: 'JSON Lines' },
];

/** A file of the numbers of every step. */
export function saveMetrics(
  format: MetricFormat,
  title: string,
  metrics: MetricHistory,
  series: readonly SeriesInfo[],
): void {
  if (format === 'jsonl') {
    return download(
      fileName(title, 'jsonl'),
      metricsJsonLines(metrics, series),
      'application/jsonl',
    );
  }
  const columns = series.map(({ name, label }) => ({ name, header: label }));
  download(fileName(title, 'csv'), metricsCsv(metrics, columns), 'text/csv');
}
