import type { MetricHistory } from '../../runs/metricHistory';

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
  const rows = Array.from({ length: history.length }, (_, bucket) => [
    history.stepAt(bucket),
    ...series.map((values) => values?.[bucket] ?? null),
  ]);
  return csvText(['step', ...columns.map(({ header }) => header)], rows);
}

/** A table after RFC 4180; null leaves a field empty. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : field(value);
}

/** A label that begins like a formula would be evaluated by spreadsheets. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
