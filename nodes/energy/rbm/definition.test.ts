import { describe, expect, it } from 'vitest';
import { gradientError } from '../../shared/testing/gradientError';
import { NODE_ENGINES, openEngine } from '../../shared/testing/engines';
import { numbers } from '../../shared/testing/numbers';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { sweepOnce, uniformNumbers } from '../../shared/testing/sweepOnce';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyRbm } from './definition';

const VISIBLE = 4;
const HIDDEN = 3;
const params = { units: HIDDEN };
const weights = {
  weight: numbers(1, [VISIBLE, HIDDEN]).map((value) => 3 * value),
  visibleBias: numbers(2, [VISIBLE]),
  hiddenBias: numbers(3, [HIDDEN]),
};

/** E(v, h) = −a·v − b·h − vWh. */
function jointEnergy(v: readonly number[], h: readonly number[]): number {
  let energy = 0;
  v.forEach((x, i) => {
    energy -= x * (weights.visibleBias[i] ?? NaN);
    h.forEach((on, j) => (energy -= x * (weights.weight[HIDDEN * i + j] ?? NaN) * on));
  });
  return h.reduce((sum, on, j) => sum - on * (weights.hiddenBias[j] ?? NaN), energy);
}

const HIDDEN_STATES = Array.from({ length: 2 ** HIDDEN }, (_, state) =>
  [0, 1, 2].map((j) => (state >> j) & 1),
);

describe('energy.rbm', () => {
  it('is −log of the sum of e^(−E) over all states of the hidden units', async () => {
    const y = tensor([
      [0, 0, 0, 0],
      [1, 0, 1, 1],
      [1, 1, 1, 1],
    ]);
    const energy = await runOutput(energyRbm, 'energy', { inputs: { y }, params, weights });
    rowsOf(y).forEach((v, row) => {
      const total = HIDDEN_STATES.reduce((sum, h) => sum + Math.exp(-jointEnergy(v, h)), 0);
      expect(energy[row]).toBeCloseTo(-Math.log(total), 12);
    });
  });

  it.each(NODE_ENGINES)('is stable where a weight is large on %s', async (name) => {
    const engine = await openEngine(name);
    const { outputs, weightGradients, gradients } = await runNode(energyRbm, {
      inputs: { y: tensor([[1]]) },
      params: { units: 1 },
      weights: { weight: [100], visibleBias: [0], hiddenBias: [0] },
      gradientOf: 'energy',
      engine,
    });
    expect(outputs['energy']?.values).toEqual([-100]);
    expect(weightGradients['weight']?.values).toEqual([-1]);
    expect(weightGradients['hiddenBias']?.values).toEqual([-1]);
    expect(gradients['y']?.[0]?.values).toEqual([-100]);
    engine.dispose();
  });

  it('begins with small normal weights and no biases', async () => {
    const y = tensorOf([1, 40], scatter(1));
    const { weights: first } = await runNode(energyRbm, { inputs: { y }, params: { units: 50 } });
    const values = first['weight']?.values ?? [];
    const deviation = Math.sqrt(values.reduce((sum, w) => sum + w * w, 0) / values.length);
    expect(values).toHaveLength(2000);
    expect(deviation / 0.01).toBeCloseTo(1, 1);
    expect(first['visibleBias']?.values).toEqual(Array(40).fill(0));
    expect(first['hiddenBias']?.values).toEqual(Array(50).fill(0));
  });

  it('draws hidden units given visible ones, and visible ones given these', async () => {
    const arrays = {
      weight: { shape: [VISIBLE, HIDDEN], values: weights.weight },
      visibleBias: { shape: [VISIBLE], values: weights.visibleBias },
      hiddenBias: { shape: [HIDDEN], values: weights.hiddenBias },
    };
    const rows = 30;
    const y = tensorOf([rows, 2, 2, 1], (index) => (scatter(8)(index) < 0 ? 0 : 1));
    const drawn = await sweepOnce(energyRbm, { units: { y }, weights: arrays });
    expect(drawn['y']?.shape).toEqual(y.shape);
    const drawsH = rowsOf(uniformNumbers('hidden', [rows, HIDDEN]));
    const drawsV = rowsOf(uniformNumbers('visible', [rows, VISIBLE]));
    const isOn = (draw: number | undefined, logOdds: number): number =>
      (draw ?? NaN) < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
    const expected = rowsOf(y).map((v, row) => {
      const h = weights.hiddenBias.map((bias, j) => {
        const field = v.reduce(
          (sum, x, i) => sum + x * (weights.weight[HIDDEN * i + j] ?? NaN),
          bias,
        );
        return isOn(drawsH[row]?.[j], field);
      });
      return weights.visibleBias.map((bias, i) => {
        const field = h.reduce(
          (sum, x, j) => sum + x * (weights.weight[HIDDEN * i + j] ?? NaN),
          bias,
        );
        return isOn(drawsV[row]?.[i], field);
      });
    });
    expect(rowsOf(drawn['y'] ?? y)).toEqual(expected);
  });

  it('has the gradient that differences have, by units and weights', async () => {
    const run = { inputs: { y: tensorOf([3, VISIBLE], scatter(4)) }, params, weights };
    expect(await gradientError(energyRbm, run, 'energy')).toBeLessThan(1e-8);
  });
});
