import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { sweepByEnergy, sweepOnce } from '../../shared/testing/sweepOnce';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyHopfield } from './definition';

const UNITS = 5;
const free = numbers(3, [UNITS, UNITS]);
const patterns = tensor([
  [1, -1, 1, 1, -1],
  [-1, -1, 1, -1, 1],
  [1, 1, 1, -1, -1],
]);

describe('energy.hopfield', () => {
  it('is minus the sum over pairs of their coupling and both units', async () => {
    const run = { inputs: { y: patterns }, weights: { weight: free } };
    const energy = await runOutput(energyHopfield, 'energy', run);
    rowsOf(patterns).forEach((y, row) => {
      let sum = 0;
      for (let i = 0; i < UNITS; i++) {
        for (let j = 0; j < i; j++) {
          const coupling = ((free[UNITS * i + j] ?? NaN) + (free[UNITS * j + i] ?? NaN)) / 2;
          sum += coupling * (y[i] ?? NaN) * (y[j] ?? NaN);
        }
      }
      expect(energy[row]).toBeCloseTo(-sum, 12);
    });
  });

  it('is 0 at first, and has −Wy as its gradient', async () => {
    const y = tensorOf([2, UNITS], scatter(1));
    expect(await runOutput(energyHopfield, 'energy', { inputs: { y } })).toEqual([-0, -0]);
    const run = { inputs: { y }, weights: { weight: free } };
    expect(await gradientError(energyHopfield, run, 'energy')).toBeLessThan(1e-8);
  });

  it('learns by Hebb’s rule: a step of rate 2P/units down the mean energy gives Σ yyᵀ/units', async () => {
    const run = { inputs: { y: patterns }, gradientOf: 'energy' };
    const { weightGradients } = await runNode(energyHopfield, run);
    const rows = rowsOf(patterns);
    const rate = (2 * rows.length) / UNITS;
    // The gradient of the sum over P patterns is P times that of their mean.
    const step = (weightGradients['weight']?.values ?? []).map((g) => (-rate * g) / rows.length);
    expect(step).toHaveLength(UNITS ** 2);
    step.forEach((coupling, index) => {
      const [i, j] = [Math.floor(index / UNITS), index % UNITS];
      const hebb = rows.reduce((sum, y) => sum + (y[i] ?? NaN) * (y[j] ?? NaN), 0) / UNITS;
      expect(coupling).toBeCloseTo(i === j ? 0 : hebb, 12);
    });
  });

  it('draws each unit by the energy that it has in both states, one after the other', async () => {
    const weight = { shape: [UNITS, UNITS], values: free };
    const y = tensorOf([40, UNITS], (index) => (scatter(8)(index) < 0 ? -1 : 1));
    const sweep = { units: { y }, weights: { weight } };
    const drawn = await sweepOnce(energyHopfield, sweep);
    const expected = await sweepByEnergy(energyHopfield, sweep, [-1, 1]);
    expect(rowsOf(drawn['y'] ?? y)).toEqual(expected['y']);
    expect(drawn['y']?.values).not.toEqual(y.values);
  });

  it('refuses more units than its couplings may have', () => {
    expect(inferNode(energyHopfield, { y: tensorType([8192]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
