import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensorOf, type TestArray } from '../../shared/testing/tensor';
import { energyScalar } from './definition';

const point = tensorOf([5, 2], scatter(1));
const image = tensorOf([5, 2, 2, 1], scatter(2));
const params = { widths: [4, 3] };

/** xW + b of one row. */
function affine(row: readonly number[], weight: TestArray, bias: TestArray): number[] {
  const w = rowsOf(weight);
  return bias.values.map((b, o) => row.reduce((sum, x, i) => sum + x * (w[i]?.[o] ?? NaN), b));
}

const silu = (x: number): number => x / (1 + Math.exp(-x));

describe('energy.scalar', () => {
  it('is linear, SiLU, linear, SiLU, linear to one number, of its inputs side by side', async () => {
    const run = { inputs: { in: [point, image] }, params };
    const { outputs, weights } = await runNode(energyScalar, run);
    const shapes = Object.entries(weights).map(([name, { shape }]) => [name, shape]);
    expect(Object.fromEntries(shapes)).toEqual({
      '0.weight': [6, 4],
      '0.bias': [4],
      '1.weight': [4, 3],
      '1.bias': [3],
      '2.weight': [3, 1],
      '2.bias': [1],
    });
    const layer = (row: readonly number[], index: number): number[] =>
      affine(
        row,
        defined(weights[`${index}.weight`], 'weight'),
        defined(weights[`${index}.bias`], 'bias'),
      );
    const images = rowsOf(image);
    const energies = rowsOf(point).map((row, index) => {
      const first = layer([...row, ...(images[index] ?? [])], 0).map(silu);
      return layer(layer(first, 1).map(silu), 2)[0];
    });
    expect(outputs['energy']?.shape).toEqual([5]);
    energies.forEach((energy, index) =>
      expect(outputs['energy']?.values[index]).toBeCloseTo(energy ?? NaN, 12),
    );
  });

  it('has the gradient that differences have, by inputs and weights', async () => {
    const run = {
      inputs: { in: [point] },
      params: { widths: [3], activation: 'tanh' },
      weights: { '0.weight': numbers(1, [2, 3]), '0.bias': numbers(2, [3]) },
    };
    expect(await gradientError(energyScalar, run, 'energy')).toBeLessThan(1e-8);
  });

  it('is an energy of each sample by itself: others change nothing', async () => {
    const run = { params, inputs: { in: point } };
    const all = await runNode(energyScalar, run);
    const first = { ...point, shape: [1, 2], values: point.values.slice(0, 2) };
    const alone = await runNode(energyScalar, { ...run, inputs: { in: first } });
    expect(alone.outputs['energy']?.values[0]).toBeCloseTo(
      all.outputs['energy']?.values[0] ?? NaN,
      12,
    );
  });

  it('refuses weight matrices that are too large', () => {
    const types = { in: [tensorType([64, 64, 3])] };
    expect(inferNode(energyScalar, types, { widths: [8192] })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
