import { describe, expect, it } from 'vitest';
import { runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { regVariance } from './definition';

/** mean_d relu(target − √(var_d + 1e-4)), ddof 1, straight from the formula. */
function hinge(z: TestTensor, target: number): number {
  const rows = rowsOf(z);
  const width = rows[0]?.length ?? 0;
  let total = 0;
  for (let d = 0; d < width; d++) {
    const column = rows.map((row) => row[d] ?? NaN);
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (column.length - 1);
    total += Math.max(0, target - Math.sqrt(variance + 1e-4));
  }
  return total / width;
}

describe('reg.variance', () => {
  it('is half the hinge of a view', async () => {
    const z = tensorOf([12, 5], scatter(3));
    const [loss] = await runOutput(regVariance, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(0.5 * hinge(z, 1), 12);
    expect(hinge(z, 1)).toBeGreaterThan(0.1);
  });

  it('adds views, which may differ in width', async () => {
    const z = [tensorOf([6, 3], scatter(4)), tensorOf([6, 7], scatter(5))];
    const [loss] = await runOutput(regVariance, 'loss', { inputs: { z }, params: { target: 2 } });
    const expected = z.reduce((sum, view) => sum + 0.5 * hinge(view, 2), 0);
    expect(loss).toBeCloseTo(expected, 12);
  });

  it('is ½(1 − √1e-4) for a representation that collapsed, also with a single row', async () => {
    const collapsed = tensorOf([8, 4], () => 3);
    const [loss] = await runOutput(regVariance, 'loss', { inputs: { z: collapsed } });
    expect(loss).toBeCloseTo(0.5 * (1 - 0.01), 12);
    const [single] = await runOutput(regVariance, 'loss', { inputs: { z: tensor([[1, 2]]) } });
    expect(single).toBeCloseTo(0.5 * (1 - 0.01), 12);
  });

  it('is zero where the deviation is above the target', async () => {
    const wide = tensor([[-5, 9], [5, -9], [5, 9]]); // prettier-ignore
    expect(await runOutput(regVariance, 'loss', { inputs: { z: wide } })).toEqual([0]);
  });

  it('counts time steps as rows', async () => {
    const z = tensorOf([3, 4, 2], scatter(6), { timed: true });
    const [loss] = await runOutput(regVariance, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(0.5 * hinge({ ...z, shape: [12, 2] }, 1), 12);
  });
});
