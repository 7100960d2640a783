import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, type NodeRun } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensorOf } from '../../shared/testing/tensor';
import { moduleDeconv } from './definition';

async function values(run: NodeRun): Promise<readonly number[]> {
  return defined((await runNode(moduleDeconv, run)).outputs['out'], 'out').values;
}

// The numbers are of PyTorch 1.13 in float64 with the weights of `numbers`.
describe('module.deconv', () => {
  it('is linear, activation, transposed convolution, … as in PyTorch', async () => {
    // nn.ConvTranspose2d(stride=2, padding=1) from 2×2 to 3×3 and, with output_padding=(1, 0), to 6×5.
    const out = await values({
      params: {
        outputShape: [6, 5, 2],
        channels: [3, 2],
        activation: 'tanh',
        outputActivation: 'sigmoid',
      },
      inputs: { in: tensorOf([2, 3], scatter(1)) },
      weights: {
        '0.weight': numbers(2, [3, 12]),
        '0.bias': numbers(3, [12]),
        '1.weight': numbers(4, [3, 3, 2, 3]),
        '1.bias': numbers(5, [2]),
        '2.weight': numbers(6, [3, 3, 2, 2]),
        '2.bias': numbers(7, [2]),
      },
    });
    expect(out).toHaveLength(2 * 6 * 5 * 2);
    const first = [0.262490789, 0.175401429, 0.099162388, 0.358685527, 0.248628745];
    expect(largestDifference(out.slice(0, 5), first)).toBeLessThan(1e-8);
    const last = [0.394570755, 0.24499586, 0.296090159, 0.322662658];
    expect(largestDifference(out.slice(-4), last)).toBeLessThan(1e-8);
    expect(out.reduce((sum, x) => sum + x, 0)).toBeCloseTo(36.3848437, 6);
  });

  it('enlarges an image without padding, as in PyTorch', async () => {
    // nn.ConvTranspose2d(2, 1, 4, stride=2, output_padding=(1, 0)) from 3×2 to 9×6.
    const out = await values({
      params: { outputShape: [9, 6, 1], channels: [2], kernel: 4, padding: 'valid' },
      inputs: { in: tensorOf([1, 3, 2, 2], scatter(1)) },
      weights: { '0.weight': numbers(2, [4, 4, 1, 2]), '0.bias': numbers(3, [1]) },
    });
    const first = [-0.27053699, -0.44719319, -1.02850853, -0.489592231, -0.354446804, -0.455460537];
    expect(largestDifference(out.slice(0, 6), first)).toBeLessThan(1e-8);
    expect(out.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(26.4766188, 6);
  });

  it('has the gradient that finite differences have', async () => {
    const common = { outputShape: [5, 4, 1], channels: [3, 2], activation: 'tanh' };
    const vectors = tensorOf([3, 4], scatter(1));
    const images = tensorOf([2, 2, 1, 3], scatter(2));
    for (const normalisation of ['none', 'batch', 'layer']) {
      for (const input of [vectors, images]) {
        const params = { ...common, normalisation, outputActivation: 'sigmoid' };
        const error = await gradientError(moduleDeconv, { params, inputs: { in: input } }, 'out');
        expect(error, `${normalisation}, ${input.shape.join('×')}`).toBeLessThan(1e-7);
      }
    }
  });

  it('normalises hidden layers, the projection too, and keeps their statistics', async () => {
    const run = {
      params: { normalisation: 'batch' },
      inputs: { in: tensorOf([2, 8], scatter(1)) },
    };
    const { weights, statistics } = await runNode(moduleDeconv, run);
    expect(Object.fromEntries(Object.entries(weights).map(([k, v]) => [k, v.shape]))).toEqual({
      '0.weight': [8, 7 * 7 * 32],
      '0.bias': [7 * 7 * 32],
      '0.scale': [32],
      '0.shift': [32],
      '1.weight': [3, 3, 16, 32],
      '1.bias': [16],
      '1.scale': [16],
      '1.shift': [16],
      '2.weight': [3, 3, 1, 16],
      '2.bias': [1],
    });
    expect(Object.keys(statistics)).toEqual(['0.mean', '0.variance', '1.mean', '1.variance']);
  });

  it('starts its filters within ±1/√(outputs·k²), as PyTorch does', async () => {
    const run = { params: { outputShape: [8, 8, 7], channels: [9] }, inputs: { in: tensorOf([1, 4, 4, 9], scatter(1)) } }; // prettier-ignore
    const { weights } = await runNode(moduleDeconv, run);
    const most = Math.max(...(weights['0.weight']?.values ?? []).map(Math.abs));
    expect(most * Math.sqrt(63)).toBeGreaterThan(0.98);
    expect(most * Math.sqrt(63)).toBeLessThanOrEqual(1);
  });

  it('undoes the sizes of the convolution with the same numbers', () => {
    const to = (input: number[], params: Record<string, unknown>): unknown =>
      inferNode(moduleDeconv, { in: tensorType(input) }, params);
    const image = (shape: number[]) => ({ ok: true, outputs: { out: tensorType(shape) } });
    expect(to([32], {})).toEqual(image([28, 28, 1]));
    expect(to([7, 7, 20], {})).toEqual(image([28, 28, 1]));
    expect(to([2, 2, 4], { outputShape: [8, 5, 3] })).toEqual(image([8, 5, 3]));
    expect(to([3, 3, 4], { channels: [8], kernel: 5, padding: 'valid', outputShape: [9, 10, 1] })).toEqual(image([9, 10, 1])); // prettier-ignore
  });

  it('flattens what is not all images', async () => {
    const inputs = { in: [tensorOf([2, 3], scatter(1)), tensorOf([2, 2, 2, 1], scatter(2))] };
    const { weights } = await runNode(moduleDeconv, { inputs, params: { outputShape: [4, 4, 1] } });
    expect(weights['0.weight']?.shape).toEqual([7, 32]);
  });

  it('refuses what it cannot use, and says why', () => {
    expect(inferNode(moduleDeconv, { in: tensorType([8, 8, 4]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'in', message: 'The input has 8×8 pixels, but 28×28 is made of 7×7: 2 layers with a stride of 2.' }, // prettier-ignore
    });
    const two = { in: [tensorType([7, 7, 1]), tensorType([7, 8, 1])] };
    expect(inferNode(moduleDeconv, two)).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'in' },
    });
    const vector = { in: tensorType([8]) };
    const valid = { padding: 'valid', kernel: 5, outputShape: [12, 12, 1] };
    expect(inferNode(moduleDeconv, vector, valid)).toMatchObject({
      ok: false,
      problem: { code: 'node.bad-parameter', message: expect.stringContaining('2 layers with kernels of 5×5 and no padding make more than 12×12 pixels') }, // prettier-ignore
    });
    expect(inferNode(moduleDeconv, vector, { channels: [8192, 8192] })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
