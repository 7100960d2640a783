import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyEllipse } from './definition';

const y = tensorOf([6, 2], scatter(1));
const z = tensorOf([6, 1], (index) => index - 2.5);
const RADII = { radius1: 1.3, radius2: 0.4 };

describe('energy.ellipse', () => {
  it('is the squared distance from (r₁ sin z, r₂ cos z)', async () => {
    const energy = await runOutput(energyEllipse, 'energy', { inputs: { y, z }, params: RADII });
    rowsOf(y).forEach(([y1 = NaN, y2 = NaN], index) => {
      const angle = z.values[index] ?? NaN;
      const expected = Math.hypot(y1 - 1.3 * Math.sin(angle), y2 - 0.4 * Math.cos(angle)) ** 2;
      // The radii are float32.
      expect(energy[index]).toBeCloseTo(expected, 6);
    });
  });

  it('begins at its parameters, and at 1 without them', async () => {
    const values = async (params: Record<string, number>): Promise<unknown> => {
      const { weights } = await runNode(energyEllipse, { inputs: { y, z }, params });
      return [weights['radius1'], weights['radius2']];
    };
    const scalar = (value: number) => ({ shape: [], values: [value] });
    expect(await values({})).toEqual([scalar(1), scalar(1)]);
    expect(await values({ radius1: 2, radius2: 0.5 })).toEqual([scalar(2), scalar(0.5)]);
  });

  it('is 0 on the ellipse', async () => {
    const run = { weights: { radius1: [2], radius2: [3] } };
    const inputs = { y: tensor([[2, 0], [0, -3]]), z: tensor([[Math.PI / 2], [Math.PI]]) }; // prettier-ignore
    const energy = await runOutput(energyEllipse, 'energy', { ...run, inputs });
    energy.forEach((value) => expect(value).toBeCloseTo(0, 20));
    expect(energy).toHaveLength(2);
  });

  it('has the gradient that differences have, by point, angle and half-axes', async () => {
    const run = { inputs: { y, z }, weights: { radius1: [1.3], radius2: [0.4] } };
    expect(await gradientError(energyEllipse, run, 'energy')).toBeLessThan(1e-8);
  });

  it('refuses what is no point, and what is no angle', () => {
    const angle = tensorType([1]);
    expect(inferNode(energyEllipse, { y: tensorType([3]), z: angle })).toMatchObject({
      ok: false,
      problem: {
        code: 'shape.invalid',
        portId: 'y',
        message: expect.stringContaining('expected 2 numbers'),
      },
    });
    expect(inferNode(energyEllipse, { y: tensorType([2]), z: tensorType([2]) })).toMatchObject({
      ok: false,
      problem: {
        code: 'shape.invalid',
        portId: 'z',
        message: expect.stringContaining('expected one number'),
      },
    });
  });
});
