import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyL1 } from './definition';

const a = tensor([
  [1, 2, 3],
  [0, -1, 0.5],
]);
const b = tensor([
  [0, 4, 3],
  [0, 0, 0],
]);

describe('energy.l1', () => {
  it('is the mean of the absolute differences of a sample, or their sum', async () => {
    const energy = await runOutput(energyL1, 'energy', { inputs: { a, b } });
    expect(energy[0]).toBeCloseTo(1, 12);
    expect(energy[1]).toBeCloseTo(0.5, 12);
    const run = { inputs: { a, b }, params: { reduce: 'sum' } };
    expect(await runOutput(energyL1, 'energy', run)).toEqual([3, 1.5]);
  });

  it('averages over masked numbers only, and is 0 for a sample without any', async () => {
    const mask = tensor([
      [0, 1, 1],
      [0, 0, 0],
    ]);
    expect(await runOutput(energyL1, 'energy', { inputs: { a, b, mask } })).toEqual([1, 0]);
  });

  it('has the sign over D as its gradient, and 0 where both sides are equal', async () => {
    const { gradients } = await runNode(energyL1, { inputs: { a, b }, gradientOf: 'energy' });
    const third = 1 / 3;
    expect(gradients['a']?.[0]?.values).toEqual([third, -third, 0, 0, -third, third]);
  });

  it('has the gradient that differences have, with a mask too', async () => {
    const inputs = {
      a: tensorOf([3, 4], scatter(1)),
      b: tensorOf([3, 4], scatter(2)),
      mask: tensorOf([3, 4], (index) => (index % 3) / 2),
    };
    expect(await gradientError(energyL1, { inputs }, 'energy')).toBeLessThan(1e-8);
  });

  it('refuses sides of different shapes, and masks that do not fit', () => {
    expect(inferNode(energyL1, { a: tensorType([4]), b: tensorType([5]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'b' },
    });
    const sides = { a: tensorType([4]), b: tensorType([4]) };
    expect(inferNode(energyL1, { ...sides, mask: tensorType([2]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'mask' },
    });
  });
});
