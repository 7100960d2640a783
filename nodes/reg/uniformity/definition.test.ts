import { describe, expect, it } from 'vitest';
import { gradientError } from '../../shared/testing/gradientError';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { regUniformity } from './definition';

/** log mean over pairs i < j of e^{−2‖x̂_i − x̂_j‖²}, pair by pair. */
function uniformity(z: TestTensor): number {
  const rows = rowsOf(z).map((row) => {
    const length = Math.hypot(...row);
    return row.map((x) => x / length);
  });
  const pairs = rows.flatMap((a, i) =>
    rows
      .slice(i + 1)
      .map((b) => Math.exp(-2 * a.reduce((sum, x, d) => sum + (x - (b[d] ?? NaN)) ** 2, 0))),
  );
  return Math.log(pairs.reduce((sum, x) => sum + x, 0) / pairs.length);
}

async function loss(z: TestTensor | readonly TestTensor[]): Promise<number> {
  const [value = NaN] = await runOutput(regUniformity, 'loss', { inputs: { z } });
  return value;
}

describe('reg.uniformity', () => {
  it('is the logarithm of the mean kernel of pairs, whatever the lengths', async () => {
    const z = tensorOf([9, 4], scatter(1));
    expect(await loss(z)).toBeCloseTo(uniformity(z), 12);
    const longer = { ...z, values: z.values.map((x, i) => x * (1 + Math.floor(i / 4))) };
    expect(await loss(longer)).toBeCloseTo(uniformity(z), 12);
  });

  it('is −2‖x − y‖² of a single pair: 0, −4 and −8 for equal, orthogonal and opposite directions', async () => {
    expect(await loss(tensor([[2, 0], [3, 0]]))).toBeCloseTo(0, 12); // prettier-ignore
    expect(await loss(tensor([[2, 0], [0, 3]]))).toBeCloseTo(-4, 12); // prettier-ignore
    expect(await loss(tensor([[2, 0], [-3, 0]]))).toBeCloseTo(-8, 12); // prettier-ignore
  });

  it('averages views, flattens images, and is 0 for a single row', async () => {
    const views = [tensorOf([5, 3], scatter(2)), tensorOf([5, 2, 2, 1], scatter(3))];
    const flat = tensorOf([5, 4], scatter(3));
    const expected = (uniformity(tensorOf([5, 3], scatter(2))) + uniformity(flat)) / 2;
    expect(await loss(views)).toBeCloseTo(expected, 12);
    expect(await loss(tensor([[1, 2]]))).toBe(0);
  });

  it('has the gradient that finite differences have', async () => {
    const inputs = { z: [tensorOf([5, 3], scatter(4)), tensorOf([5, 2], scatter(5))] };
    expect(await gradientError(regUniformity, { inputs }, 'loss')).toBeLessThan(1e-8);
  });

  it('stays finite where a row is zero or all are equal', async () => {
    for (const z of [
      tensor([
        [0, 0],
        [1, 2],
      ]),
      tensor([
        [1, 2],
        [1, 2],
      ]),
    ]) {
      // prettier-ignore
      const { outputs, gradients } = await runNode(regUniformity, {
        inputs: { z },
        gradientOf: 'loss',
      });
      expect(outputs['loss']?.values.every(Number.isFinite)).toBe(true);
      expect(gradients['z']?.[0]?.values.every(Number.isFinite)).toBe(true);
    }
  });
});
