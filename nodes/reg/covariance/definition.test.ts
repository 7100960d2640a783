import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { regCovariance } from './definition';

/** Σ_{i≠j} C_ij² / D with C_ij by its definition, pair by pair. */
function penalty(z: TestTensor): number {
  const rows = rowsOf(z);
  const width = rows[0]?.length ?? 0;
  const column = (d: number): number[] => rows.map((row) => row[d] ?? NaN);
  const centred = (d: number): number[] => {
    const values = column(d);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    return values.map((x) => x - mean);
  };
  let total = 0;
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      const other = centred(j);
      const products = centred(i).map((x, n) => x * (other[n] ?? NaN));
      const covariance = products.reduce((sum, x) => sum + x, 0) / (rows.length - 1);
      if (i !== j) total += covariance ** 2;
    }
  }
  return total / width;
}

describe('reg.covariance', () => {
  it('is the mean square covariance off the diagonal, times D − 1', async () => {
    const z = tensorOf([10, 4], scatter(7));
    const [loss] = await runOutput(regCovariance, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(penalty(z), 12);
    expect(penalty(z)).toBeGreaterThan(0.01);
  });

  it('sums views', async () => {
    const z = [tensorOf([6, 3], scatter(8)), tensorOf([6, 5], scatter(9))];
    const [loss] = await runOutput(regCovariance, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(
      z.reduce((sum, view) => sum + penalty(view), 0),
      12,
    );
  });

  it('flattens images', async () => {
    const z = tensorOf([5, 2, 2, 1], scatter(10));
    const [loss] = await runOutput(regCovariance, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(penalty({ ...z, shape: [5, 4] }), 12);
  });

  it('is zero for uncorrelated dimensions, 2 × Var² / 2 for a copied one', async () => {
    const square = tensor([[1, 1], [1, -1], [-1, 1], [-1, -1]]); // prettier-ignore
    expect(await runOutput(regCovariance, 'loss', { inputs: { z: square } })).toEqual([0]);
    const copied = tensor([[1, 1], [-1, -1], [1, 1], [-1, -1]]); // prettier-ignore
    const [loss] = await runOutput(regCovariance, 'loss', { inputs: { z: copied } });
    expect(loss).toBeCloseTo((4 / 3) ** 2, 12);
  });

  it('refuses a covariance matrix that is too large', () => {
    expect(inferNode(regCovariance, { z: tensorType([64, 64, 3]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
