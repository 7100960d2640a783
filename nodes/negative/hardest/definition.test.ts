import { expect, it } from 'vitest';
import { drawPoints } from '../../shared/testing/drawPoints';
import { negativeHardest } from './definition';

it('takes the lowest energy of the pool, which is at most the rest of the batch', async () => {
  // The energy of this test is the number itself.
  const y = [[5], [1], [4], [2]];
  expect(await drawPoints(negativeHardest, { y, params: { pool: 2 } })).toEqual([1, 2, 2, 1]);
  expect(await drawPoints(negativeHardest, { y, params: { pool: 99 } })).toEqual([1, 2, 1, 1]);
});
