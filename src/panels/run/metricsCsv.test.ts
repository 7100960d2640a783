import { describe, expect, it } from 'vitest';
import { MetricHistory } from '../../runs/metricHistory';
import { metricsCsv } from './metricsCsv';

describe('metricsCsv', () => {
  const history = new MetricHistory();
  history.append({
    names: ['loss', 'term:d'],
    firstStep: 0,
    rows: 2,
    values: Float64Array.of(0.1, 1e-9, NaN, -2),
  });

  it('writes a row a step, with numbers that read back', () => {
    const csv = metricsCsv(history, [
      { name: 'loss', header: 'Total' },
      { name: 'term:d', header: 'D' },
    ]);
    expect(csv).toBe('step,Total,D\r\n0,0.1,1e-9\r\n1,NaN,-2\r\n');
  });

  it('quotes labels and defuses formulas', () => {
    const [header] = metricsCsv(history, [
      { name: 'loss', header: 'a "b", c' },
      { name: 'term:d', header: '=1+1' },
    ]).split('\r\n');
    expect(header).toBe(`step,"a ""b"", c",'=1+1`);
  });

  it('leaves a metric that was not recorded empty', () => {
    expect(metricsCsv(history, [{ name: 'none', header: 'None' }])).toBe(
      'step,None\r\n0,\r\n1,\r\n',
    );
  });
});
