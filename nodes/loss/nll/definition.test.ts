import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossNll } from './definition';

it('lowers the data, raises samples, and bounds both', async () => {
  const run = { params: { alpha: 0.5 }, energy: [1, 2], contrasted: [4, -1] };
  expect(await runFunctional(lossNll, run)).toBe((1 - 4 + 2 + 1 + 0.5 * (1 + 16 + 4 + 1)) / 2);
});
