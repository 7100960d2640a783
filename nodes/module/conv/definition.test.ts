import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { numbers } from '../../shared/testing/numbers';
import { inferNode, runNode, type NodeRun } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensorOf } from '../../shared/testing/tensor';
import { moduleConv } from './definition';

const images = tensorOf([2, 7, 6, 2], scatter(1));
const convolutions = {
  '0.weight': numbers(2, [3, 3, 2, 3]),
  '0.bias': numbers(3, [3]),
  '1.weight': numbers(4, [3, 3, 3, 4]),
  '1.bias': numbers(5, [4]),
};
const norms = {
  '0.scale': numbers(6, [3]),
  '0.shift': numbers(7, [3]),
  '1.scale': numbers(8, [4]),
  '1.shift': numbers(9, [4]),
};
const params = { channels: [3, 4], width: 2, activation: 'tanh' };

async function values(run: NodeRun): Promise<readonly number[]> {
  return defined((await runNode(moduleConv, run)).outputs['out'], 'out').values;
}

// The numbers are of PyTorch 1.13 in float64: nn.Conv2d(padding=1, stride=2), nn.BatchNorm2d or layer_norm over
// channels, tanh, then a linear layer on channels-last places, with the weights of `numbers`.
describe('module.conv', () => {
  it('is convolution, batch norm, activation, …, linear, as in PyTorch', async () => {
    const weights = { ...convolutions, ...norms, '2.weight': numbers(10, [16, 2]), '2.bias': numbers(11, [2]) }; // prettier-ignore
    const run = { params: { ...params, normalisation: 'batch' }, inputs: { in: images }, weights };
    const result = await runNode(moduleConv, { ...run, gradientOf: 'out' });
    const close = (found: readonly number[] | undefined, expected: number[]): void =>
      expect(largestDifference(found ?? [], expected)).toBeLessThan(1e-8);
    close(result.outputs['out']?.values, [1.77175858, -0.539915462, 1.6856818, -2.18512303]);
    const { statistics, gradients } = result;
    close(statistics['0.mean']?.values, [-0.0452448661, -0.00140933232, -0.0568545857]);
    close(statistics['0.variance']?.values, [1.06866963, 1.04250986, 1.00415486]);
    close(
      statistics['1.mean']?.values,
      [-0.0964092656, -0.0168749891, -0.0178181157, 0.0128178551],
    );
    close(statistics['1.variance']?.values, [1.02209901, 1.04195278, 1.07755103, 1.07698196]);
    close(
      gradients['in']?.[0]?.values.slice(0, 6),
      [-0.127256257, -0.0394946256, 0.57352089, 0.131523312, -0.0931696269, -0.191135107],
    );
  });

  it('normalises the channels of each place, and pools over the places, as in PyTorch', async () => {
    const weights = {
      ...convolutions,
      ...norms,
      '2.weight': numbers(10, [4, 2]),
      '2.bias': numbers(11, [2]),
    };
    const run = { params: { ...params, normalisation: 'layer', head: 'pool' }, weights };
    const out = await values({ ...run, inputs: { in: images } });
    const expected = [0.66433257, -0.664118213, -0.14165716, -1.01412655];
    expect(largestDifference(out, expected)).toBeLessThan(1e-8);
  });

  it('slides its windows over the padded image', async () => {
    // One 4×4 kernel of ones: each place is the sum of what is under it. Same: 1 zero before, 2 after.
    const ones = { '0.weight': Array<number>(16).fill(1), '0.bias': [0] };
    const image = tensorOf([1, 4, 4, 1], (index) => index + 1);
    const sums = (padding: string, stride: number): Promise<readonly number[]> =>
      values({
        params: { channels: [1], kernel: 4, stride, padding, head: 'none' },
        inputs: { in: image },
        weights: ones,
      });
    // Rows and columns −1…2, then 1…4.
    expect(await sums('same', 2)).toEqual([54, 63, 90, 99]);
    expect(await sums('valid', 2)).toEqual([136]);
    expect(await sums('valid', 1)).toEqual([136]);
  });

  it('leaves the last convolution linear when its image is the output', async () => {
    const run = { params: { ...params, head: 'none' }, inputs: { in: images } };
    const plain = await runNode(moduleConv, run);
    expect(plain.types['out']).toEqual(tensorType([2, 2, 4]));
    expect(Object.keys(plain.weights)).toEqual(['0.weight', '0.bias', '1.weight', '1.bias']);
    const sigmoid = await values({
      ...run,
      params: { ...run.params, outputActivation: 'sigmoid' },
    });
    const expected = plain.outputs['out']?.values.map((x) => 1 / (1 + Math.exp(-x))) ?? [];
    expect(largestDifference(sigmoid, expected)).toBeLessThan(1e-12);
  });

  it('joins images on their channels', async () => {
    const [first, second] = [
      tensorOf([2, 7, 6, 1], scatter(2)),
      tensorOf([2, 7, 6, 1], scatter(3)),
    ];
    const joined = tensorOf([2, 7, 6, 2], (index) => {
      const from = index % 2 === 0 ? first : second;
      return from.values[Math.floor(index / 2)] ?? NaN;
    });
    const weights = { ...convolutions };
    const run = { params: { ...params, head: 'none' }, weights };
    const together = await values({ ...run, inputs: { in: [first, second] } });
    expect(together).toEqual(await values({ ...run, inputs: { in: joined } }));
  });

  it('has the gradient that finite differences have', async () => {
    for (const normalisation of ['none', 'batch', 'layer']) {
      for (const head of ['flatten', 'pool', 'none']) {
        const run = {
          params: { ...params, normalisation, head, outputActivation: 'tanh' },
          inputs: { in: tensorOf([2, 4, 5, 1], scatter(4)) },
        };
        const error = await gradientError(moduleConv, run, 'out');
        expect(error, `${normalisation}, ${head}`).toBeLessThan(1e-7);
      }
    }
  });

  it('starts its weights as PyTorch does', async () => {
    const run = { params: { channels: [8], width: 16 }, inputs: { in: tensorOf([1, 8, 8, 5], scatter(1)) } }; // prettier-ignore
    const { weights } = await runNode(moduleConv, run);
    const most = (name: string): number => Math.max(...(weights[name]?.values ?? []).map(Math.abs));
    expect(weights['0.weight']?.shape).toEqual([3, 3, 5, 8]);
    expect(weights['1.weight']?.shape).toEqual([128, 16]);
    // Uniform within ±1/√(5·9) and ±1/√128: the largest of hundreds is close to the bound.
    expect(most('0.weight') * Math.sqrt(45)).toBeGreaterThan(0.98);
    expect(most('0.weight') * Math.sqrt(45)).toBeLessThanOrEqual(1);
    expect(most('0.bias') * Math.sqrt(45)).toBeLessThanOrEqual(1);
    expect(most('1.weight') * Math.sqrt(128)).toBeGreaterThan(0.98);
    expect(most('1.weight') * Math.sqrt(128)).toBeLessThanOrEqual(1);
  });

  it('says what it makes', () => {
    const inputs = { in: tensorType([28, 28, 1]) };
    const output = (given: Record<string, unknown>): unknown =>
      inferNode(moduleConv, inputs, given);
    const gives = (shape: number[]) => ({ ok: true, outputs: { out: tensorType(shape) } });
    expect(output({})).toEqual(gives([32]));
    expect(output({ role: 'expander' })).toEqual(gives([64]));
    expect(output({ width: 5, head: 'pool' })).toEqual(gives([5]));
    expect(output({ head: 'none' })).toEqual(gives([7, 7, 32]));
    expect(output({ head: 'none', padding: 'valid', kernel: 5 })).toEqual(gives([4, 4, 32]));
  });

  it('refuses what it cannot use, and says why', () => {
    expect(inferNode(moduleConv, { in: tensorType([5]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in', message: expect.stringContaining('“in” is 5: expected an image') }, // prettier-ignore
    });
    const two = { in: [tensorType([8, 8, 1]), tensorType([8, 7, 1])] };
    expect(inferNode(moduleConv, two)).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'in', message: expect.stringContaining('8×8×1 and 8×7×1') }, // prettier-ignore
    });
    const small = { in: tensorType([8, 8, 1]) };
    expect(inferNode(moduleConv, small, { padding: 'valid', kernel: 5 })).toMatchObject({
      ok: false,
      problem: { code: 'node.bad-parameter', message: expect.stringContaining('5×5 does not fit into the 2×2 pixels that convolution 2 gets') }, // prettier-ignore
    });
    expect(inferNode(moduleConv, small, { channels: [8192, 8192] })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
