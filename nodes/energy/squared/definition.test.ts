import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energySquared } from './definition';

const a = tensor([
  [1, 2, 3],
  [0, -1, 0.5],
]);
const b = tensor([
  [0, 4, 3],
  [0, 0, 0],
]);

describe('energy.squared', () => {
  it('is the mean over the numbers of a sample', async () => {
    const energy = await runOutput(energySquared, 'energy', { inputs: { a, b } });
    expect(energy[0]).toBeCloseTo((1 + 4 + 0) / 3, 12);
    expect(energy[1]).toBeCloseTo((0 + 1 + 0.25) / 3, 12);
  });

  it('is the sum when asked for', async () => {
    const run = { inputs: { a, b }, params: { reduce: 'sum' } };
    expect(await runOutput(energySquared, 'energy', run)).toEqual([5, 1.25]);
  });

  it('averages over masked numbers only, and is 0 for a sample without any', async () => {
    const mask = tensor([
      [1, 1, 0],
      [0, 0, 0],
    ]);
    const run = { inputs: { a, b, mask } };
    expect(await runOutput(energySquared, 'energy', run)).toEqual([2.5, 0]);
    const sum = await runOutput(energySquared, 'energy', { ...run, params: { reduce: 'sum' } });
    expect(sum).toEqual([5, 0]);
  });

  it('counts every channel of a masked pixel', async () => {
    const image = tensorOf([1, 2, 2, 3], scatter(1));
    const other = tensorOf([1, 2, 2, 3], scatter(2));
    const mask = tensor([
      [
        [[1], [0]],
        [[0], [0]],
      ],
    ]);
    const [energy] = await runOutput(energySquared, 'energy', {
      inputs: { a: image, b: other, mask },
    });
    const squares = [0, 1, 2].map((i) => ((image.values[i] ?? 0) - (other.values[i] ?? 0)) ** 2);
    expect(energy).toBeCloseTo(squares.reduce((sum, x) => sum + x) / 3, 12);
  });

  it('pulls both sides together: the gradient is 2(a − b)/D and its opposite', async () => {
    const { gradients } = await runNode(energySquared, { inputs: { a, b }, gradientOf: 'energy' });
    const expected = a.values.map((value, i) => (2 * (value - (b.values[i] ?? 0))) / 3);
    expect(largestDifference(gradients['a']?.[0]?.values ?? [], expected)).toBeLessThan(1e-12);
    const opposite = expected.map((value) => -value);
    expect(largestDifference(gradients['b']?.[0]?.values ?? [], opposite)).toBeLessThan(1e-12);
  });

  it('refuses sides of different shapes, and masks that do not fit', () => {
    expect(
      inferNode(energySquared, { a: tensorType([64]), b: tensorType([8, 8, 1]) }),
    ).toMatchObject({ ok: false, problem: { code: 'shape.mismatch', portId: 'b' } });
    const image = tensorType([8, 8, 3]);
    expect(
      inferNode(energySquared, { a: image, b: image, mask: tensorType([8, 1, 2]) }),
    ).toMatchObject({ ok: false, problem: { code: 'shape.mismatch', portId: 'mask' } });
  });
});
