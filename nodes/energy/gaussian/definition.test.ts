import { describe, expect, it } from 'vitest';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyGaussian } from './definition';

const COMPONENTS = 3;
const WIDTH = 2;
const SHAPE = [COMPONENTS, WIDTH];
const weights = {
  mean: numbers(1, SHAPE),
  logDeviation: numbers(2, SHAPE),
  logits: [0.5, -1, 0.2],
};

/** The density of component k times its share, as the textbook has it. */
function density(y: readonly number[], k: number): number {
  const powers = weights.logits.map(Math.exp);
  const share = (powers[k] ?? NaN) / powers.reduce((sum, power) => sum + power);
  return y.reduce((product, value, d) => {
    const deviation = Math.exp(weights.logDeviation[WIDTH * k + d] ?? NaN);
    const u = (value - (weights.mean[WIDTH * k + d] ?? NaN)) / deviation;
    return (product * Math.exp((-u * u) / 2)) / (deviation * Math.sqrt(2 * Math.PI));
  }, share);
}

/** What the energy leaves out of −log p. */
const CONSTANT = (WIDTH / 2) * Math.log(2 * Math.PI);

const y = tensorOf([COMPONENTS, WIDTH], scatter(5));
const codes = tensor([
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]);

describe('energy.gaussian', () => {
  it('is −log(share · density) of the component, but for (D/2) log 2π', async () => {
    const energy = await runOutput(energyGaussian, 'energy', { inputs: { y, z: codes }, weights });
    rowsOf(y).forEach((row, k) =>
      expect(energy[k]).toBeCloseTo(-Math.log(density(row, k)) - CONSTANT, 12),
    );
  });

  it('sums over all codes to the density of the mixture', async () => {
    const point = [0.3, -0.8];
    const same = tensor([point, point, point]);
    const run = { inputs: { y: same, z: codes }, weights };
    const energy = await runOutput(energyGaussian, 'energy', run);
    const free = -Math.log(energy.reduce((sum, value) => sum + Math.exp(-value), 0));
    const mixture = [0, 1, 2].reduce((sum, k) => sum + density(point, k), 0);
    expect(free).toBeCloseTo(-Math.log(mixture) - CONSTANT, 12);
  });

  it('mixes means, log-deviations and log-shares where the code does', async () => {
    const z = tensor([[0.5, 0.25, 0.25]]);
    const point = tensor([[1, 2]]);
    const run = { inputs: { y: point, z }, weights: { ...weights, logits: [0, 0, 0] } };
    const [energy] = await runOutput(energyGaussian, 'energy', run);
    const mixed = (values: readonly number[], d: number): number =>
      z.values.reduce((sum, share, k) => sum + share * (values[WIDTH * k + d] ?? NaN), 0);
    const terms = point.values.map((value, d) => {
      const logDeviation = mixed(weights.logDeviation, d);
      return ((value - mixed(weights.mean, d)) / Math.exp(logDeviation)) ** 2 / 2 + logDeviation;
    });
    expect(energy).toBeCloseTo((terms[0] ?? NaN) + (terms[1] ?? NaN) + Math.log(3), 12);
  });

  it('begins with normal means, one deviation and equal shares', async () => {
    const z = tensorOf([1, 400], () => 0);
    const { weights: first } = await runNode(energyGaussian, {
      inputs: { y: tensorOf([1, 2], () => 0), z },
      params: { spread: 3, deviation: 0.5 },
    });
    const means = first['mean']?.values ?? [];
    const deviation = Math.sqrt(means.reduce((sum, mean) => sum + mean * mean, 0) / means.length);
    expect(means).toHaveLength(800);
    expect(deviation / 3).toBeCloseTo(1, 1);
    expect(new Set(first['logDeviation']?.values)).toEqual(new Set([Math.fround(Math.log(0.5))]));
    expect(new Set(first['logits']?.values)).toEqual(new Set([0]));
  });

  it('has the gradient that differences have, by point, code and weights', async () => {
    const z = tensorOf([COMPONENTS, COMPONENTS], (index) => (index % 4) / 4);
    const run = { inputs: { y, z }, weights };
    expect(await gradientError(energyGaussian, run, 'energy')).toBeLessThan(1e-7);
  });
});
