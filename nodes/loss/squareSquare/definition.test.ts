import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossSquareSquare } from './definition';

it('draws data to zero and contrastive points up to the margin', async () => {
  const run = { params: { margin: 2 }, energy: [1, -3], contrasted: [0.5, 7] };
  expect(await runFunctional(lossSquareSquare, run)).toBe((1 + 1.5 ** 2 + 9) / 2);
});
