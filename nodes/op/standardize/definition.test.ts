import { describe, expect, it } from 'vitest';
import { defined } from '../../../src/core/invariant';
import { runNode, runOutput, type NodeRun } from '../../shared/testing/runNode';
import { largestDifference, rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { opStandardize } from './definition';

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function varianceOf(values: readonly number[], ddof = 0): number {
  const mean = meanOf(values);
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - ddof);
}

/** Columns of `[rows, width]`. */
function columns(rows: readonly (readonly number[])[]): number[][] {
  return defined(rows[0], 'a row').map((_, d) => rows.map((row) => row[d] ?? NaN));
}

const vectors = tensorOf([6, 3], scatter(1));

describe('op.standardize', () => {
  it('is (x − μ)/√(σ² + 1e-5) of each feature over the batch, σ² biased', async () => {
    const values = await runOutput(opStandardize, 'out', { inputs: { in: vectors } });
    const found = columns(rowsOf({ shape: vectors.shape, values }));
    columns(rowsOf(vectors)).forEach((column, d) => {
      const root = Math.sqrt(varianceOf(column) + 1e-5);
      const expected = column.map((x) => (x - meanOf(column)) / root);
      expect(largestDifference(found[d] ?? [], expected)).toBeLessThan(1e-12);
    });
  });

  it('takes each channel of images over rows and places', async () => {
    const images = tensorOf([3, 2, 2, 2], scatter(2));
    const values = await runOutput(opStandardize, 'out', { inputs: { in: images } });
    const pixels = (all: readonly number[]) => columns(rowsOf({ shape: [12, 2], values: all }));
    pixels(images.values).forEach((channel, c) => {
      const root = Math.sqrt(varianceOf(channel) + 1e-5);
      const expected = channel.map((x) => (x - meanOf(channel)) / root);
      expect(largestDifference(pixels(values)[c] ?? [], expected)).toBeLessThan(1e-12);
    });
  });

  it('moves its running statistics by a tenth, the variance unbiased, and uses them in evaluation', async () => {
    const statistics = { mean: [1, 2, 3], variance: [4, 1, 0.25] };
    const trained = await runNode(opStandardize, { inputs: { in: vectors }, statistics });
    columns(rowsOf(vectors)).forEach((column, d) => {
      const mean = 0.9 * (statistics.mean[d] ?? NaN) + 0.1 * meanOf(column);
      const variance = 0.9 * (statistics.variance[d] ?? NaN) + 0.1 * varianceOf(column, 1);
      expect(trained.statistics['mean']?.values[d]).toBeCloseTo(mean, 12);
      expect(trained.statistics['variance']?.values[d]).toBeCloseTo(variance, 12);
    });
    const run = { inputs: { in: tensor([[3, 3, 3]]) }, statistics, mode: 'evaluate' as const };
    const evaluated = await runOutput(opStandardize, 'out', run);
    const expected = [2 / Math.sqrt(4 + 1e-5), 1 / Math.sqrt(1 + 1e-5), 0];
    expect(largestDifference(evaluated, expected)).toBeLessThan(1e-12);
  });

  it('makes zeros of a constant feature, with a finite gradient', async () => {
    const flat = tensor([[2, 1], [2, 3]]); // prettier-ignore
    const run = { inputs: { in: flat }, gradientOf: 'out' };
    const { outputs, gradients } = await runNode(opStandardize, run);
    expect([outputs['out']?.values[0], outputs['out']?.values[2]]).toEqual([0, 0]);
    expect(gradients['in']?.[0]?.values.every(Number.isFinite)).toBe(true);
  });

  it('lets no gradient of a sum over the batch through while training, and 1/√(σ² + 1e-5) in evaluation', async () => {
    const gradient = async (run: Partial<NodeRun>): Promise<readonly number[]> => {
      const all = { inputs: { in: vectors }, gradientOf: 'out', ...run };
      return (await runNode(opStandardize, all)).gradients['in']?.[0]?.values ?? [];
    };
    expect(largestDifference(await gradient({}), Array<number>(18).fill(0))).toBeLessThan(1e-12);
    const statistics = { mean: [0.1, 0.2, 0.3], variance: [1, 2, 3] };
    const slopes = statistics.variance.map((variance) => 1 / Math.sqrt(variance + 1e-5));
    const expected = Array.from({ length: 18 }, (_, i) => slopes[i % 3] ?? NaN);
    const found = await gradient({ statistics, mode: 'evaluate' });
    expect(largestDifference(found, expected)).toBeLessThan(1e-12);
  });
});
