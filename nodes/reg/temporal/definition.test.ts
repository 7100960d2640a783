import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { regTemporal } from './definition';

describe('reg.temporal', () => {
  it('is the mean square move of a number in a step', async () => {
    // Moves 1, 2 and −3, 0 of one sample; 0, 0 and 4, −1 of the other: (1+4+9+0+0+0+16+1)/8.
    const z = tensor(
      [
        [[0, 0], [1, 2], [-2, 2]],
        [[5, 5], [5, 5], [9, 4]],
      ],
      { timed: true },
    ); // prettier-ignore
    const [loss] = await runOutput(regTemporal, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(31 / 8, 12);
  });

  it('flattens images, and sees no difference between samples', async () => {
    const [samples, steps, size] = [3, 4, 8];
    const z = tensorOf([samples, steps, 2, 2, 2], scatter(1), { timed: true });
    const moves = rowsOf({ shape: [samples * steps, size], values: z.values }).flatMap(
      (row, index, rows) =>
        index % steps === 0 ? [] : row.map((x, d) => (x - (rows[index - 1]?.[d] ?? NaN)) ** 2),
    );
    const [loss] = await runOutput(regTemporal, 'loss', { inputs: { z } });
    expect(loss).toBeCloseTo(moves.reduce((sum, x) => sum + x, 0) / moves.length, 12);
    const still = tensorOf([3, 4, 2], (index) => Math.floor(index / 8), { timed: true });
    expect(await runOutput(regTemporal, 'loss', { inputs: { z: still } })).toEqual([0]);
  });

  it('has the gradient that differences have', async () => {
    const z = tensorOf([2, 3, 2], scatter(2), { timed: true });
    expect(await gradientError(regTemporal, { inputs: { z } }, 'loss')).toBeLessThan(1e-8);
  });

  it('refuses what has no steps', () => {
    for (const z of [tensorType([4]), tensorType([4], 1)]) {
      expect(inferNode(regTemporal, { z })).toMatchObject({
        ok: false,
        problem: { code: 'shape.invalid', portId: 'z' },
      });
    }
  });
});
