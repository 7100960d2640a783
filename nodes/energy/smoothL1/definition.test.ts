import { describe, expect, it } from 'vitest';
import { gradientError } from '../../shared/testing/gradientError';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energySmoothL1 } from './definition';

/** The two pieces, as they are written. */
function smooth(difference: number, beta: number): number {
  const size = Math.abs(difference);
  return size < beta ? (0.5 * size * size) / beta : size - 0.5 * beta;
}

const DIFFERENCES = [-3, -1.2, -1, -0.4, 0, 0.1, 0.5, 0.7, 1, 8];
const a = tensor(DIFFERENCES.map((difference) => [difference]));
const b = tensor(DIFFERENCES.map(() => [0]));

describe('energy.smoothL1', () => {
  it.each([1, 0.5, 3])('is a parabola below β = %d and a line above', async (beta) => {
    const energy = await runOutput(energySmoothL1, 'energy', {
      inputs: { a, b },
      params: { beta },
    });
    energy.forEach((value, index) =>
      expect(value).toBeCloseTo(smooth(DIFFERENCES[index] ?? NaN, beta), 12),
    );
    expect(energy).toHaveLength(DIFFERENCES.length);
  });

  it('has a slope that grows to one at β and stays there', async () => {
    const { gradients } = await runNode(energySmoothL1, {
      inputs: { a, b },
      params: { beta: 1 },
      gradientOf: 'energy',
    });
    const expected = DIFFERENCES.map((difference) => Math.max(-1, Math.min(1, difference)));
    expect(gradients['a']?.[0]?.values).toHaveLength(expected.length);
    gradients['a']?.[0]?.values.forEach((slope, index) =>
      expect(slope).toBeCloseTo(expected[index] ?? NaN, 12),
    );
  });

  it('is the mean or the sum over the numbers of a sample, masked or not', async () => {
    const inputs = { a: tensor([[3, 0.5, -2]]), b: tensor([[0, 0, 0]]) };
    const [mean] = await runOutput(energySmoothL1, 'energy', { inputs });
    expect(mean).toBeCloseTo((2.5 + 0.125 + 1.5) / 3, 12);
    const run = { inputs: { ...inputs, mask: tensor([[1, 1, 0]]) } };
    const [masked] = await runOutput(energySmoothL1, 'energy', run);
    expect(masked).toBeCloseTo((2.5 + 0.125) / 2, 12);
    const [sum] = await runOutput(energySmoothL1, 'energy', { ...run, params: { reduce: 'sum' } });
    expect(sum).toBeCloseTo(2.625, 12);
  });

  it('has the gradient that differences have', async () => {
    const inputs = { a: tensorOf([3, 5], scatter(1)), b: tensorOf([3, 5], scatter(2)) };
    const run = { inputs, params: { beta: 0.6 } };
    expect(await gradientError(energySmoothL1, run, 'energy')).toBeLessThan(1e-8);
  });
});
