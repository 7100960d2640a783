import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { sweepByEnergy, sweepOnce } from '../../shared/testing/sweepOnce';
import { rowsOf, scatter, tensor, tensorOf, type TestArray } from '../../shared/testing/tensor';
import { energyBoltzmann } from './definition';

const N = 3;
const M = 2;
const weights = {
  visible: numbers(1, [N, N]),
  visibleBias: numbers(2, [N]),
  hidden: numbers(3, [M, M]),
  hiddenBias: numbers(4, [M]),
  coupling: numbers(5, [N, M]),
};

/** −2 Σ_{i<j} of the mean of both couplings of a pair, minus the biases of the units that are on. */
function within(
  units: readonly number[],
  free: readonly number[],
  bias: readonly number[],
): number {
  const n = units.length;
  let energy = 0;
  units.forEach((x, i) => {
    energy -= x * (bias[i] ?? NaN);
    for (let j = 0; j < i; j++) {
      energy -= x * (units[j] ?? NaN) * ((free[n * i + j] ?? NaN) + (free[n * j + i] ?? NaN));
    }
  });
  return energy;
}

const y = tensor([[1, 0, 1], [1, 1, 1], [0, 0, 1]]); // prettier-ignore
const z = tensor([[1, 1], [0, 1], [1, 0]]); // prettier-ignore

describe('energy.boltzmann', () => {
  it('adds up pairs of visible units, of hidden units and of both, and biases', async () => {
    const energy = await runOutput(energyBoltzmann, 'energy', { inputs: { y, z }, weights });
    rowsOf(y).forEach((visible, row) => {
      const hidden = rowsOf(z)[row] ?? [];
      let expected =
        within(visible, weights.visible, weights.visibleBias) +
        within(hidden, weights.hidden, weights.hiddenBias);
      visible.forEach((x, i) =>
        hidden.forEach((on, j) => (expected -= x * (weights.coupling[M * i + j] ?? NaN) * on)),
      );
      expect(energy[row]).toBeCloseTo(expected, 12);
    });
  });

  it('has visible units only where z is not connected', async () => {
    const own = { visible: weights.visible, visibleBias: weights.visibleBias };
    const result = await runNode(energyBoltzmann, { inputs: { y }, weights: own });
    expect(Object.keys(result.weights)).toEqual(['visible', 'visibleBias']);
    rowsOf(y).forEach((visible, row) =>
      expect(result.outputs['energy']?.values[row]).toBeCloseTo(
        within(visible, weights.visible, weights.visibleBias),
        12,
      ),
    );
  });

  it('begins at zero but for the couplings of visible and hidden units', async () => {
    const inputs = { y: tensorOf([1, 30], scatter(1)), z: tensorOf([1, 40], scatter(2)) };
    const { weights: first } = await runNode(energyBoltzmann, { inputs });
    for (const name of ['visible', 'visibleBias', 'hidden', 'hiddenBias']) {
      expect(new Set(first[name]?.values), name).toEqual(new Set([0]));
    }
    const values = first['coupling']?.values ?? [];
    const deviation = Math.sqrt(values.reduce((sum, w) => sum + w * w, 0) / values.length);
    expect(values).toHaveLength(1200);
    expect(deviation / 0.01).toBeCloseTo(1, 1);
  });

  it('has the gradient that differences have, by units and weights', async () => {
    const inputs = { y: tensorOf([2, N], scatter(6)), z: tensorOf([2, M], scatter(7)) };
    expect(await gradientError(energyBoltzmann, { inputs, weights }, 'energy')).toBeLessThan(1e-8);
  });

  it.each([true, false])(
    'draws each unit by the energy that it has in both states, one after the other, hidden ones first; hidden ones: %s',
    async (hasHidden) => {
      const shapes = { visible: [N, N], visibleBias: [N], hidden: [M, M], hiddenBias: [M], coupling: [N, M] }; // prettier-ignore
      const arrays = Object.entries(shapes)
        .filter(([name]) => hasHidden || name.startsWith('visible'))
        .map(([name, shape], index) => [name, { shape, values: numbers(index + 1, shape) }]);
      const binary = (seed: number) => (index: number) => (scatter(seed)(index) < 0 ? 0 : 1);
      const units = {
        ...(hasHidden ? { z: tensorOf([40, M], binary(9)) } : {}),
        y: tensorOf([40, N], binary(8)),
      };
      const sweep = { units, weights: Object.fromEntries(arrays) as Record<string, TestArray> };
      const drawn = await sweepOnce(energyBoltzmann, sweep);
      const expected = await sweepByEnergy(energyBoltzmann, sweep, [0, 1]);
      for (const [port, before] of Object.entries(units)) {
        expect(rowsOf(drawn[port] ?? before)).toEqual(expected[port]);
        expect(drawn[port]?.values).not.toEqual(before.values);
      }
    },
  );

  it('refuses more units than its couplings may have', () => {
    expect(inferNode(energyBoltzmann, { y: tensorType([8192]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
