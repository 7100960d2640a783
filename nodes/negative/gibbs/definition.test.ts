import { expect, it } from 'vitest';
import { drawPoints } from '../../shared/testing/drawPoints';
import { negativeGibbs } from './definition';

it('sweeps k times over the units from the data', async () => {
  // A sweep of this test turns every unit over.
  const y = [[1], [0], [1]];
  expect(await drawPoints(negativeGibbs, { y, params: { k: 1 } })).toEqual([0, 1, 0]);
  expect(await drawPoints(negativeGibbs, { y, params: { k: 4 } })).toEqual([1, 0, 1]);
});
