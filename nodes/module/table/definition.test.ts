import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { moduleTable } from './definition';

const weights = { weight: [3, 4, 0.3, 0.4, -6, 8] };

describe('module.table', () => {
  it('gives the row of a one-hot code, and the weighted sum of rows of any other', async () => {
    const inputs = { in: tensor([[0, 1, 0], [1, 0, 0], [2, 0, -1]]) }; // prettier-ignore
    const run = { inputs, params: { width: 2 }, weights };
    expect(await runOutput(moduleTable, 'out', run)).toEqual([0.3, 0.4, 3, 4, 12, 0]);
  });

  it('divides rows that are longer than 1 by their length, and leaves shorter ones alone', async () => {
    const inputs = { in: tensor([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) }; // prettier-ignore
    const run = { inputs, params: { width: 2, normalise: true }, weights };
    const out = await runOutput(moduleTable, 'out', run);
    expect(largestDifference(out, [0.6, 0.8, 0.3, 0.4, -0.6, 0.8])).toBeLessThan(1e-12);
  });

  it('starts as draws of the deviation that is asked for, without a bias', async () => {
    const inputs = { in: tensorOf([1, 100], () => 0) };
    const params = { width: 50, deviation: 0.5 };
    const { weights: initial, outputs } = await runNode(moduleTable, { inputs, params });
    expect(Object.keys(initial)).toEqual(['weight']);
    expect(initial['weight']?.shape).toEqual([100, 50]);
    const values = initial['weight']?.values ?? [];
    const mean = values.reduce((sum, x) => sum + x, 0) / 5000;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / 5000;
    expect(Math.abs(mean)).toBeLessThan((4 * 0.5) / Math.sqrt(5000));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / 5000));
    expect(outputs['out']?.values.every((x) => x === 0)).toBe(true);
  });

  it('has rows that are images, of codes side by side', async () => {
    const params = { outputShape: [2, 1, 1] };
    const inputs = { in: [tensor([[1]]), tensor([[0, 1]])] };
    const { outputs } = await runNode(moduleTable, { inputs, params, weights });
    expect(outputs['out']).toEqual({ shape: [1, 2, 1, 1], values: [3 - 6, 4 + 8] });
  });

  it('has the gradient that finite differences have', async () => {
    const inputs = { in: tensorOf([3, 4], scatter(1)) };
    const params = { width: 3, normalise: true, deviation: 1 };
    expect(await gradientError(moduleTable, { inputs, params }, 'out')).toBeLessThan(1e-8);
  });

  it('refuses a table that is too large', () => {
    const types = { in: tensorType([128, 128, 3]) };
    expect(inferNode(moduleTable, types, { width: 8192 })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
