import { expect, it } from 'vitest';
import { runFunctional } from '../../shared/testing/runFunctional';
import { lossScoreMatching } from './definition';

it('measures slopes against the way back, and takes noise only', async () => {
  // σ = 1: ½⟨(∇F − (ỹ − y))²⟩, where this test’s slope at ỹ is ỹ itself.
  const run = { energy: [0, 0], observed: [1, -2], points: [1.5, 3] };
  expect(await runFunctional(lossScoreMatching, run)).toBe((1 + 4) / 4);
  expect(lossScoreMatching.functional?.takes).toBe('noise');
});
