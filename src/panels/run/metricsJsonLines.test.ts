import { describe, expect, it } from 'vitest';
import { MetricHistory } from '../../runs/metricHistory';
import type { SeriesInfo } from '../../runs/seriesInfo';
import { metricsJsonLines } from './metricsJsonLines';

const SERIES: readonly SeriesInfo[] = [
  { name: 'loss', label: 'Total', role: 'total', nodeId: null, category: null },
  { name: 'term:d', label: 'λ·D', role: 'term', nodeId: 'd', category: 'energy' },
  { name: 'part:d:F', label: 'D: F', role: 'part', nodeId: 'd', category: 'energy' },
  { name: 'gradNorm', label: 'Gradient norm', role: 'gradient', nodeId: null, category: null },
  { name: 'learningRate', label: 'Learning rate', role: 'rate', nodeId: null, category: null },
];

function historyOf(rows: readonly (readonly number[])[], capacity?: number): MetricHistory {
  const history = new MetricHistory(capacity);
  history.append({
    names: SERIES.map(({ name }) => name),
    firstStep: 0,
    rows: rows.length,
    values: Float64Array.from(rows.flat()),
  });
  return history;
}

describe('metricsJsonLines', () => {
  it('writes a line a step, as the terminal does', () => {
    const text = metricsJsonLines(historyOf([[0.1, 1e-9, 2, 3, 0.5], [NaN, Infinity, -2, 4, 0]]), SERIES); // prettier-ignore
    expect(text).toBe(
      '{"step":1,"loss":0.1,"terms":{"d":1e-9},"parts":{"D: F":2},"gradNorm":3,"learningRate":0.5}\n' +
        '{"step":2,"loss":null,"terms":{"d":null},"parts":{"D: F":-2},"gradNorm":4,"learningRate":0}\n',
    );
  });

  it('says of how many steps a line is the mean', () => {
    const rows = [1, 2, 3, 4].map((value) => [value, value, value, value, value]);
    const [first] = metricsJsonLines(historyOf(rows, 2), SERIES).split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ step: 1, steps: 2, loss: 1.5 });
  });
});
