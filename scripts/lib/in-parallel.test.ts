import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.mjs';

it('runs so many tasks at once, and gives results in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([30, 1, 20, 1, 10], 2, async (ms) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, ms));
    running--;
    return ms * 2;
  });
  expect(results).toEqual([60, 2, 40, 2, 20]);
  expect(most).toBe(2);
  expect(await inParallel([], 2, () => Promise.resolve(1))).toEqual([]);
});
