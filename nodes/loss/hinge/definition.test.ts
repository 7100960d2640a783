import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossHinge } from './definition';

it('counts what is missing to the margin', async () => {
  const run = { params: { margin: 2 }, energy: [1, 0, 3], contrasted: [0, 1, 9] };
  expect(await runFunctional(lossHinge, run)).toBe((3 + 1 + 0) / 3);
});

it('asks for a margin that grows with the distance of ŷ from y', async () => {
  const params = { margin: 2, grows: 'distance' };
  const run = { params, energy: [1, 1], contrasted: [1, 1], observed: [0, 4], points: [3, 3.5] };
  expect(await runFunctional(lossHinge, run)).toBeCloseTo((6 + 1) / 2, 12);
});
