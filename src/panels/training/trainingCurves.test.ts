import { describe, expect, it } from 'vitest';
import { MetricHistory } from '../../runs/metricHistory';
import { trainingCurves, valueAt } from './trainingCurves';
import type { StyledSeries } from './trainingCurves';

const loss: StyledSeries = {
  name: 'loss',
  label: 'Total',
  role: 'total',
  nodeId: null,
  category: null,
  style: { colour: '--text', dash: [], width: 2 },
};

function historyOf(values: readonly number[], history = new MetricHistory()): MetricHistory {
  history.append({
    names: ['loss'],
    firstStep: 0,
    rows: values.length,
    values: Float64Array.from(values),
  });
  return history;
}

const options = { smoothing: 0, zoom: null, width: 100, hidden: new Set<string>() };

describe('trainingCurves', () => {
  it('draws few steps as they are', () => {
    const { steps, curves } = trainingCurves(historyOf([3, 2, 1]), [loss], options);
    expect(steps).toEqual([0, 1, 2]);
    expect(curves.map(({ points }) => points)).toEqual([[3, 2, 1]]);
  });

  it('never draws more than two points a pixel, however long the run', () => {
    const history = historyOf(Array.from({ length: 40_000 }, (_, i) => Math.sin(i)));
    const { steps, curves } = trainingCurves(history, [loss], options);
    expect(steps.length).toBeLessThanOrEqual(200);
    expect(curves[0]?.points).toHaveLength(steps.length);
    const zoomed = trainingCurves(history, [loss], { ...options, zoom: [1000, 1050] });
    expect(zoomed.steps[0]).toBe(1000);
    expect(zoomed.steps).toContain(1050);
    expect(zoomed.steps.length).toBeLessThan(60);
  });

  it('leaves out the step at which the run went wrong', () => {
    const history = new MetricHistory();
    const values = Float64Array.of(3, 3, 2, 2, NaN, 1e28);
    history.append({ names: ['loss', 'term:d'], firstStep: 0, rows: 3, values });
    const { steps, curves } = trainingCurves(history, [{ ...loss, name: 'term:d' }], options);
    expect(steps).toEqual([0, 1]);
    expect(curves[0]?.points).toEqual([3, 2]);
    expect(valueAt(history, 'term:d', null, 0)).toBe(1e28);
  });

  it('keeps the raw curve behind the smoothed one', () => {
    const { curves } = trainingCurves(historyOf([0, 1, 0, 1]), [loss], {
      ...options,
      smoothing: 0.5,
    });
    expect(curves.map(({ faint }) => faint)).toEqual([true, false]);
    expect(curves[0]?.points).toEqual([0, 1, 0, 1]);
    expect(curves[1]?.points[3]).toBeCloseTo((1 / 2 + 1 / 8) / (15 / 16), 12);
  });

  it('spends nothing on hidden curves', () => {
    const { curves } = trainingCurves(historyOf([3, 2]), [loss], {
      ...options,
      hidden: new Set(['loss']),
    });
    expect(curves).toMatchObject([{ visible: false, points: [null, null] }]);
  });

  it('reads out the last step as the latest value, in a long run too', () => {
    const history = historyOf([3, 2, 1, 0, 1, 2, 3, 4], new MetricHistory(4));
    expect(history.stride).toBeGreaterThan(1);
    expect(valueAt(history, 'loss', null, 0)).toBe(4);
  });

  it('reads values out by step', () => {
    const history = historyOf([3, 2, 1]);
    expect(valueAt(history, 'loss', 1, 0)).toBe(2);
    expect(valueAt(history, 'loss', null, 0)).toBe(1);
    expect(valueAt(history, 'loss', 7, 0)).toBeNull();
    expect(valueAt(history, 'none', 0, 0)).toBeNull();
  });
});
