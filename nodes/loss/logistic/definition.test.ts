import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossLogistic } from './definition';

it('is a soft hinge, finite however far the energies are apart', async () => {
  const at = (energy: number, contrasted: number): Promise<number> =>
    runFunctional(lossLogistic, { energy: [energy], contrasted: [contrasted] });
  expect(await at(1, 1)).toBeCloseTo(Math.LN2, 12);
  expect(await at(0, 3)).toBeCloseTo(Math.log1p(Math.exp(-3)), 12);
  expect(await at(2000, 0)).toBe(2000);
  expect(await at(0, 2000)).toBe(0);
});
