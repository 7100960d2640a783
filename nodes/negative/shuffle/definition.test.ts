import { expect, it } from 'vitest';
import { drawPoints } from '../../shared/testing/drawPoints';
import { negativeShuffle } from './definition';

it('gives each sample the y of the next, the last one that of the first', async () => {
  const points = await drawPoints(negativeShuffle, { y: [[1, 2], [3, 4], [5, 6]] }); // prettier-ignore
  expect(points).toEqual([3, 4, 5, 6, 1, 2]);
});
