import { expect, it } from 'vitest';
import { drawPoints } from '../../shared/testing/drawPoints';
import { negativeLangevin } from './definition';

const y = [[0.5], [0.25], [-1]];

it('follows the slope from the data', async () => {
  // F is the number itself: three steps of η = 0.1 lower it by 0.3; there is no noise at a deviation of 0.
  const params = { steps: 3, rate: 0.1, form: 'practical', noise: 0, start: 'data', buffer: 0 };
  const points = await drawPoints(negativeLangevin, { y, params });
  points.forEach((value, row) => expect(value).toBeCloseTo((y[row]?.[0] ?? NaN) - 0.3, 10));
});

it('stays in its range when asked to', async () => {
  const params = { steps: 50, rate: 1, form: 'practical', noise: 0, clip: true, low: -1.5, buffer: 0 }; // prettier-ignore
  expect(await drawPoints(negativeLangevin, { y, params })).toEqual([-1.5, -1.5, -1.5]);
});

it('keeps whole batches of chains, at least one', () => {
  const rows = (buffer: number): readonly number[] | undefined => {
    const params = negativeLangevin.params.parse({ buffer });
    const one = { time: null, shape: [2] };
    const inputs = { one: () => one, maybe: () => one, all: () => [one] };
    return negativeLangevin.statistics?.({ params, inputs, batch: 32, rows: null })[0]?.shape;
  };
  expect(rows(0)).toBeUndefined();
  expect(rows(10)).toEqual([32, 2]);
  expect(rows(100)).toEqual([96, 2]);
});
