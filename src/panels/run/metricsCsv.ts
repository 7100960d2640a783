import type { MetricHistory } from './metricHistory';

/** A metric with what people call it. */
export interface CsvColumn {
  readonly name: string;
  readonly header: string;
}

/**
 * Comma-separated values after RFC 4180: `step`, then one column for each metric with the shortest decimal that reads back as the same
 * number. Where the history is kept coarsely, a row is the mean of `stride` steps from its step on.
 */
export function metricsCsv(history: MetricHistory, columns: readonly CsvColumn[]): string {
  const series = columns.map(({ name }) => history.column(name)?.mean);
  const lines = [['step', ...columns.map(({ header }) => header)].map(field).join(',')];
  for (let bucket = 0; bucket < history.length; bucket++) {
    const values = series.map((values) => number(values?.[bucket]));
    lines.push([history.stepAt(bucket), ...values].join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function number(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** A label that begins like a formula would be evaluated by spreadsheets. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
