import { describe, expect, it } from 'vitest';
import { runOutput } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensorOf } from '../../shared/testing/tensor';
import { viewNoise } from './definition';

const input = tensorOf([100, 5, 5, 2], scatter(1));

describe('view.noise', () => {
  it('adds noise of the live deviation', async () => {
    const run = { inputs: { in: input }, live: { strength: 0.3 } };
    const out = await runOutput(viewNoise, 'out', run);
    const added = out.map((value, i) => value - (input.values[i] ?? NaN));
    const mean = added.reduce((sum, x) => sum + x, 0) / added.length;
    const variance = added.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (added.length - 1);
    // Four standard errors of 5000 draws.
    expect(Math.abs(mean)).toBeLessThan((4 * 0.3) / Math.sqrt(5000));
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(4 * Math.sqrt(2 / 5000));
  });

  it('is new in each step, and the same again for the same step', async () => {
    const at = (step: number): Promise<readonly number[]> =>
      runOutput(viewNoise, 'out', { inputs: { in: input }, step });
    expect(await at(3)).toEqual(await at(3));
    expect(largestDifference(await at(3), await at(4))).toBeGreaterThan(0.1);
  });

  it('changes nothing in evaluation, unless asked to', async () => {
    const run = { inputs: { in: input }, mode: 'evaluate' as const };
    expect(await runOutput(viewNoise, 'out', run)).toEqual(input.values);
    const asked = await runOutput(viewNoise, 'out', { ...run, params: { inEvaluation: true } });
    expect(largestDifference(asked, input.values)).toBeGreaterThan(0.1);
  });
});
