import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossAdversarial } from './definition';

it('adds up both players’ losses', async () => {
  const run = { params: { margin: 2 }, energy: [1, 3], contrasted: [0.5, 5] };
  // ⟨F + [m − F(ŷ)]₊⟩ + ⟨F(ŷ)⟩
  expect(await runFunctional(lossAdversarial, run)).toBe((1 + 1.5 + 3 + 0.5 + 5) / 2);
});

it('holds the slope at 1 in its other form', async () => {
  // Halfway between data and points the slope of this test is that of the points: |ŷ|.
  const run = { params: { form: 'wasserstein' }, energy: [1], contrasted: [4], points: [3] };
  expect(await runFunctional(lossAdversarial, run)).toBeCloseTo(1 - 4 + 10 * (3 - 1) ** 2 + 4, 10);
});
