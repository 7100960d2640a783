import { describe, expect, it } from 'vitest';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { latentGaussian } from './definition';

const mean = tensorOf([500, 4], () => 2);
const logVariance = tensorOf([500, 4], () => Math.log(0.25));

describe('latent.gaussian', () => {
  it('draws from the given distribution while training', async () => {
    const z = await runOutput(latentGaussian, 'z', { inputs: { mean, logVariance } });
    const average = z.reduce((sum, x) => sum + x, 0) / z.length;
    const spread = z.reduce((sum, x) => sum + (x - average) ** 2, 0) / (z.length - 1);
    // Four standard errors of 2000 draws.
    expect(Math.abs(average - 2)).toBeLessThan((4 * 0.5) / Math.sqrt(2000));
    expect(Math.abs(spread / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000));
  });

  it('reparameterises: one noise, moved and scaled, and new in the next step', async () => {
    const draw = async (m: number, lv: number, step = 0): Promise<readonly number[]> =>
      runOutput(latentGaussian, 'z', {
        inputs: { mean: tensorOf([1, 3], () => m), logVariance: tensorOf([1, 3], () => lv) },
        step,
      });
    const noise = await draw(0, 0);
    const moved = await draw(1.5, Math.log(9));
    expect(
      largestDifference(
        moved,
        noise.map((epsilon) => 1.5 + 3 * epsilon),
      ),
    ).toBeLessThan(1e-12);
    expect(largestDifference(await draw(0, 0, 1), noise)).toBeGreaterThan(0.01);
  });

  it('lets gradients through to mean and log-variance', async () => {
    const inputs = { mean: tensor([[1, 1]]), logVariance: tensor([[0.2, 0.2]]) };
    const { outputs, gradients } = await runNode(latentGaussian, { inputs, gradientOf: 'z' });
    expect(gradients['mean']?.[0]?.values).toEqual([1, 1]);
    // ∂z/∂lv = ½ (z − μ)
    const slope = (outputs['z']?.values ?? []).map((z) => 0.5 * (z - 1));
    expect(largestDifference(gradients['logVariance']?.[0]?.values ?? [], slope)).toBeLessThan(
      1e-9,
    );
  });

  it('gives the mean in evaluation, and a sample when asked to', async () => {
    const inputs = { mean, logVariance };
    const still = await runOutput(latentGaussian, 'z', { inputs, mode: 'evaluate' });
    expect(still).toEqual(mean.values);
    const params = { inEvaluation: 'sample' };
    const drawn = await runOutput(latentGaussian, 'z', { inputs, params, mode: 'evaluate' });
    expect(largestDifference(drawn, mean.values)).toBeGreaterThan(0.5);
  });

  it('has the closed-form divergence in both modes, without its weight', async () => {
    const inputs = {
      mean: tensorOf([3, 2], scatter(11)),
      logVariance: tensorOf([3, 2], scatter(12)),
    };
    const expected =
      inputs.mean.values.reduce((sum, m, i) => {
        const lv = inputs.logVariance.values[i] ?? NaN;
        return sum + 0.5 * (Math.exp(lv) + m * m - 1 - lv);
      }, 0) / 3;
    const params = { weight: 5 };
    for (const mode of ['train', 'evaluate'] as const) {
      const [kl] = await runOutput(latentGaussian, 'kl', { inputs, params, mode });
      expect(kl).toBeCloseTo(expected, 12);
    }
  });
});
