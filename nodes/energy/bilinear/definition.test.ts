import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensorOf } from '../../shared/testing/tensor';
import { energyBilinear } from './definition';

const a = tensorOf([4, 3], scatter(1));
const b = tensorOf([4, 5], scatter(2));

describe('energy.bilinear', () => {
  it('is −aᵀWb, of sides that may differ in width', async () => {
    const { outputs, weights } = await runNode(energyBilinear, { inputs: { a, b } });
    expect(weights['weight']?.shape).toEqual([3, 5]);
    const w = rowsOf(weights['weight'] ?? a);
    const others = rowsOf(b);
    rowsOf(a).forEach((row, index) => {
      let sum = 0;
      row.forEach((x, i) => others[index]?.forEach((y, j) => (sum += x * (w[i]?.[j] ?? NaN) * y)));
      expect(outputs['energy']?.values[index]).toBeCloseTo(-sum, 12);
    });
  });

  it('begins uniform within 1/√(width of a), as nn.Bilinear', async () => {
    const wide = tensorOf([1, 16], scatter(1));
    const { weights } = await runNode(energyBilinear, { inputs: { a: wide, b: wide } });
    const sizes = (weights['weight']?.values ?? []).map(Math.abs);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(0.25);
    expect(Math.max(...sizes)).toBeGreaterThan(0.2);
  });

  it('flattens what it compares', async () => {
    const image = tensorOf([2, 2, 2, 1], scatter(3));
    const flat = { ...image, shape: [2, 4] };
    const run = { weights: { weight: numbers(4, [4, 4]) } };
    const { outputs } = await runNode(energyBilinear, { ...run, inputs: { a: image, b: image } });
    const other = await runNode(energyBilinear, { ...run, inputs: { a: flat, b: flat } });
    expect(outputs['energy']).toEqual(other.outputs['energy']);
  });

  it('has the gradient that differences have, by both sides and the matrix', async () => {
    const run = { inputs: { a, b }, weights: { weight: numbers(5, [3, 5]) } };
    expect(await gradientError(energyBilinear, run, 'energy')).toBeLessThan(1e-8);
  });

  it('refuses a matrix that is too large', () => {
    const types = { a: tensorType([8192]), b: tensorType([8192]) };
    expect(inferNode(energyBilinear, types)).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
