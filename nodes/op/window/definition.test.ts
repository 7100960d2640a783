import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { scatter, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { opWindow } from './definition';

/** Sample b, step t, feature f has the value 100 b + 10 t + f. */
const sequence = tensorOf(
  [2, 5, 2],
  (i) => 100 * Math.floor(i / 10) + 10 * (Math.floor(i / 2) % 5) + (i % 2),
  { timed: true },
);

async function windows(
  input: TestTensor,
  params: Record<string, unknown>,
): Promise<{ values: readonly number[] | undefined; type: unknown }> {
  const { outputs, types } = await runNode(opWindow, { inputs: { in: input }, params });
  return { values: outputs['out']?.values, type: types['out'] };
}

describe('op.window', () => {
  it('puts the steps of each window side by side, oldest first', async () => {
    expect(await windows(sequence, { size: 3 })).toEqual({
      values: [
        ...[0, 1, 10, 11, 20, 21, 10, 11, 20, 21, 30, 31, 20, 21, 30, 31, 40, 41],
        ...[100, 101, 110, 111, 120, 121, 110, 111, 120, 121, 130, 131, 120, 121, 130, 131, 140, 141],
      ], // prettier-ignore
      type: tensorType([6], 3),
    });
  });

  it('leaves gaps of a stride; an incomplete last window is left out', async () => {
    const one = tensorOf([1, 7, 1], (index) => index, { timed: true });
    const of = (size: number, stride: number): ReturnType<typeof windows> =>
      windows(one, { size, stride });
    // Macro-actions: windows that follow each other, without the seventh step.
    expect(await of(3, 3)).toEqual({ values: [0, 1, 2, 3, 4, 5], type: tensorType([3], 2) });
    expect(await of(3, 2)).toEqual({
      values: [0, 1, 2, 2, 3, 4, 4, 5, 6],
      type: tensorType([3], 3),
    });
    expect(await of(1, 3)).toEqual({ values: [0, 3, 6], type: tensorType([1], 3) });
    expect(await of(2, 4)).toEqual({ values: [0, 1, 4, 5], type: tensorType([2], 2) });
    expect((await of(7, 5)).values).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('stacks images on their channels', async () => {
    // Two frames of 1 × 2 pixels with two channels.
    const film = tensorOf([1, 2, 1, 2, 2], (index) => index, { timed: true });
    expect(await windows(film, { size: 2 })).toEqual({
      values: [0, 1, 4, 5, 2, 3, 6, 7],
      type: tensorType([1, 2, 4], 1),
    });
  });

  it('has the gradient that differences have, where windows overlap and where they leave gaps', async () => {
    const inputs = { in: tensorOf([1, 6, 2], scatter(3), { timed: true }) };
    for (const stride of [1, 2, 4]) {
      const run = { inputs, params: { size: 2, stride } };
      expect(await gradientError(opWindow, run, 'out')).toBeLessThan(1e-8);
    }
  });

  it('refuses windows that are too long, and what has no steps', () => {
    expect(inferNode(opWindow, { in: tensorType([3], 4) }, { size: 5 })).toMatchObject({
      ok: false,
      problem: { code: 'node.bad-parameter' },
    });
    for (const type of [tensorType([3]), tensorType([], 4)]) {
      expect(inferNode(opWindow, { in: type })).toMatchObject({
        ok: false,
        problem: { code: 'shape.invalid', portId: 'in' },
      });
    }
  });
});
