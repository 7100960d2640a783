import type { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';

/**
 * A line of JSON for each step, with the keys that `basin train --json` has (docs/command-line.md §4): `step` counts the steps done.
 * `parts` are what stands beside terms, under the names that curves have. Where the history is kept coarsely, a line is the mean of `steps`
 * steps, and `step` the first of them. What is not finite is null.
 */
export function metricsJsonLines(history: MetricHistory, series: readonly SeriesInfo[]): string {
  const columns = series.map((one) => ({ ...one, values: history.column(one.name)?.mean }));
  const ofRole = (role: SeriesInfo['role']) => columns.filter((column) => column.role === role);
  const [terms, parts] = [ofRole('term'), ofRole('part')];
  const [[total], [gradient], [rate]] = [ofRole('total'), ofRole('gradient'), ofRole('rate')];
  const { stride } = history;
  return Array.from({ length: history.length }, (_, bucket) => {
    const at = ({ values }: { readonly values: Float64Array | undefined }): number | null =>
      finite(values?.[bucket]);
    const line = {
      step: history.stepAt(bucket) + 1,
      ...(stride === 1 ? {} : { steps: stride }),
      ...(total ? { loss: at(total) } : {}),
      terms: Object.fromEntries(terms.map((term) => [term.nodeId, at(term)])),
      ...(parts.length === 0
        ? {}
        : { parts: Object.fromEntries(parts.map((part) => [part.label, at(part)])) }),
      ...(gradient ? { gradNorm: at(gradient) } : {}),
      ...(rate ? { learningRate: at(rate) } : {}),
    };
    return `${JSON.stringify(line)}\n`;
  }).join('');
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
