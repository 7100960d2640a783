import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { largestDifference, tensor } from '../../shared/testing/tensor';
import { latentContinuous } from './definition';

function freeVariable(params: Record<string, unknown>): unknown {
  return latentContinuous.free?.(latentContinuous.params.parse(params));
}

describe('latent.continuous', () => {
  it('is free when minimised', () => {
    expect(freeVariable({ mode: 'minimize', steps: 7 })).toMatchObject({
      port: 'z',
      mode: 'minimize',
    });
    expect(freeVariable({ mode: 'prior' })).toBeNull();
  });

  it('starts at zero', async () => {
    const { outputs } = await runNode(latentContinuous, { params: { d: 3 }, batch: 4 });
    expect(outputs['z']).toEqual({ shape: [4, 3], values: Array<number>(12).fill(0) });
  });

  it('starts at the guess, in the latent’s shape', async () => {
    const guess = tensor([[[1], [2]], [[3], [4]]]); // prettier-ignore
    const params = { d: 2, init: 'guess' };
    const { outputs } = await runNode(latentContinuous, { params, inputs: { guess } });
    expect(outputs['z']).toEqual({ shape: [2, 2], values: [1, 2, 3, 4] });
  });

  it.each([{ mode: 'prior' }, { mode: 'minimize', init: 'prior' }])(
    'is standard normal as %o, new in each step and for each seed',
    async (params) => {
      const draw = (more: { seed?: number; step?: number } = {}): Promise<readonly number[]> =>
        runOutput(latentContinuous, 'z', { params: { ...params, d: 4 }, batch: 1000, ...more });
      const z = await draw();
      const mean = z.reduce((sum, x) => sum + x, 0) / z.length;
      const variance = z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (z.length - 1);
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(4000));
      expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
      expect(await draw()).toEqual(z);
      expect(largestDifference(await draw({ seed: 2 }), z)).toBeGreaterThan(1);
      expect(largestDifference(await draw({ step: 1 }), z)).toBeGreaterThan(1);
    },
  );

  it('has a latent for each step of a sequence when given a length', async () => {
    const { outputs, types } = await runNode(latentContinuous, {
      params: { d: 2, length: 5, mode: 'prior' },
      batch: 3,
    });
    expect(types['z']).toEqual(tensorType([2], 5));
    expect(outputs['z']?.shape).toEqual([3, 5, 2]);
  });

  it('asks for a guess that is missing, and refuses one that does not fit', () => {
    const params = { d: 4, init: 'guess' };
    expect(inferNode(latentContinuous, {}, params)).toMatchObject({
      ok: false,
      problem: { code: 'node.missing-input', portId: 'guess' },
    });
    for (const guess of [tensorType([5]), tensorType([4], 3)]) {
      expect(inferNode(latentContinuous, { guess }, params)).toMatchObject({
        ok: false,
        problem: { code: 'shape.mismatch', portId: 'guess' },
      });
    }
    // A guess that is not used may be anything.
    expect(inferNode(latentContinuous, { guess: tensorType([5]) }, { d: 4 }).ok).toBe(true);
  });
});
