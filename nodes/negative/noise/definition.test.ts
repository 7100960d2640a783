import { expect, it } from 'vitest';
import { drawPoints } from '../../shared/testing/drawPoints';
import { negativeNoise } from './definition';

const y = Array.from({ length: 4000 }, (_, row) => [row % 2 === 0 ? 3 : -1]);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

it('adds noise of the deviation asked for', async () => {
  const points = await drawPoints(negativeNoise, { y, params: { deviation: 0.5 } });
  const noise = points.map((value, row) => value - (y[row]?.[0] ?? NaN));
  expect(Math.abs(mean(noise))).toBeLessThan(0.03);
  expect(Math.abs(deviation(noise) - 0.5)).toBeLessThan(0.03);
});

it('draws points with the moments of the batch', async () => {
  const params = { form: 'anywhere', deviation: 1 };
  const points = await drawPoints(negativeNoise, { y, params });
  expect(Math.abs(mean(points) - 1)).toBeLessThan(0.15);
  expect(Math.abs(deviation(points) - 2)).toBeLessThan(0.15);
});

it('says whether it adds its noise around y', () => {
  expect(negativeNoise.sampler?.addsNoise?.({ form: 'around' })).toBe(true);
  expect(negativeNoise.sampler?.addsNoise?.({ form: 'anywhere' })).toBe(false);
});
