import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { regKl } from './definition';

/** ∫ p log(p/q) of N(mean, e^{logVariance}) and N(0, 1), by the trapezoid rule. */
function divergence(mean: number, logVariance: number): number {
  const deviation = Math.exp(logVariance / 2);
  const step = deviation / 200;
  let total = 0;
  for (let k = -2400; k <= 2400; k++) {
    const x = mean + k * step;
    const logP = -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation);
    const logQ = -0.5 * x * x;
    total += (Math.exp(logP) * (logP - logQ) * step) / Math.sqrt(2 * Math.PI);
  }
  return total;
}

describe('reg.kl', () => {
  it('is the integral of p log p/q, summed over dimensions and averaged over the batch', async () => {
    const mean = tensor([[0.3, -1.2], [2, 0]]); // prettier-ignore
    const logVariance = tensor([[-0.5, 0.8], [-2, 0]]); // prettier-ignore
    const [loss] = await runOutput(regKl, 'loss', { inputs: { mean, logVariance } });
    const sum = mean.values.reduce(
      (total, m, i) => total + divergence(m, logVariance.values[i] ?? NaN),
      0,
    );
    expect(loss).toBeCloseTo(sum / 2, 8);
  });

  it('is zero for the standard normal', async () => {
    const zero = tensor([[0, 0, 0]]);
    const run = { inputs: { mean: zero, logVariance: zero } };
    expect(await runOutput(regKl, 'loss', run)).toEqual([0]);
  });

  it('refuses a mean and a log-variance of different shapes', () => {
    expect(inferNode(regKl, { mean: tensorType([4]), logVariance: tensorType([5]) })).toMatchObject(
      { ok: false, problem: { code: 'shape.mismatch', portId: 'logVariance' } },
    );
  });
});
