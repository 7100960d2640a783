import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { regBarlow } from './definition';

function standardColumns(z: TestTensor): number[][] {
  const rows = rowsOf(z);
  return (rows[0] ?? []).map((_, d) => {
    const column = rows.map((row) => row[d] ?? NaN);
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
    return column.map((x) => (x - mean) / Math.sqrt(variance + 1e-5));
  });
}

/** Σ_i (c_ii − 1)² + λ Σ_{i≠j} c_ij², entry by entry. */
function barlow(a: TestTensor, b: TestTensor, lambda = 0.0051): number {
  let total = 0;
  standardColumns(a).forEach((left, i) => {
    standardColumns(b).forEach((right, j) => {
      const c = left.reduce((sum, x, n) => sum + x * (right[n] ?? NaN), 0) / left.length;
      total += i === j ? (c - 1) ** 2 : lambda * c ** 2;
    });
  });
  return total;
}

async function loss(a: TestTensor, b: TestTensor, live = {}): Promise<number> {
  const [value = NaN] = await runOutput(regBarlow, 'loss', { inputs: { a, b }, live });
  return value;
}

describe('reg.barlow', () => {
  it('is the distance of the cross-correlation from the identity', async () => {
    const [a, b] = [tensorOf([8, 4], scatter(1)), tensorOf([8, 4], scatter(2))];
    expect(await loss(a, b)).toBeCloseTo(barlow(a, b), 12);
    expect(await loss(a, b, { lambda: 0.7 })).toBeCloseTo(barlow(a, b, 0.7), 12);
    expect(barlow(a, b, 0.7)).toBeGreaterThan(1);
  });

  it('sees neither scale nor offset', async () => {
    const x = tensor([[0, 0], [1, 1], [2, 1], [3, 3]]); // prettier-ignore
    const moved = { ...x, values: x.values.map((value) => 2 * value + 4) };
    const own = await loss(x, x);
    expect(await loss(x, moved)).toBeCloseTo(own, 6);
    // The correlation of (0, 1, 2, 3) and (0, 1, 1, 3) is 4.5/√(5 · 4.75).
    expect(own).toBeCloseTo((2 * 0.0051 * 4.5 ** 2) / (5 * 4.75), 6);
  });

  it('flattens images', async () => {
    const [a, b] = [tensorOf([5, 2, 2, 1], scatter(3)), tensorOf([5, 2, 2, 1], scatter(4))];
    const flat = (z: TestTensor): TestTensor => ({ ...z, shape: [5, 4] });
    expect(await loss(a, b)).toBeCloseTo(barlow(flat(a), flat(b)), 12);
  });

  it('counts 1 for a constant dimension, with finite gradients', async () => {
    const a = tensor([[5, 1], [5, 2], [5, 4]]); // prettier-ignore
    const run = { inputs: { a, b: a }, gradientOf: 'loss' };
    const { outputs, gradients } = await runNode(regBarlow, run);
    expect(outputs['loss']?.values[0]).toBeCloseTo(1, 6);
    for (const port of ['a', 'b']) {
      expect(gradients[port]?.[0]?.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('has the gradient that finite differences have, into both views', async () => {
    const inputs = { a: tensorOf([6, 3], scatter(5)), b: tensorOf([6, 3], scatter(6)) };
    expect(await gradientError(regBarlow, { inputs }, 'loss')).toBeLessThan(1e-7);
  });

  it('refuses views of different shapes, and a matrix that is too large', () => {
    const [short, long] = [tensorType([8]), tensorType([9])];
    expect(inferNode(regBarlow, { a: short, b: long })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'b' },
    });
    const images = tensorType([64, 64, 3]);
    expect(inferNode(regBarlow, { a: images, b: images })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
