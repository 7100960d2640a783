import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossEnergy } from './definition';

it('is the mean energy', async () => {
  expect(await runFunctional(lossEnergy, { energy: [1, 2, 6] })).toBe(3);
});
