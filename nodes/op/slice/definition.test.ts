import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { opSlice } from './definition';

/** Two samples of four steps with one feature: 0 1 2 3 and 4 5 6 7. */
const sequence = tensorOf([2, 4, 1], (index) => index, { timed: true });
/** One image of 2 × 3 pixels with two channels. */
const image = tensorOf([1, 2, 3, 2], (index) => index);

async function slice(
  input: typeof image,
  params: Record<string, unknown>,
): Promise<{ values: readonly number[] | undefined; type: unknown }> {
  const { outputs, types } = await runNode(opSlice, { inputs: { in: input }, params });
  return { values: outputs['out']?.values, type: types['out'] };
}

describe('op.slice', () => {
  it('cuts a sequence into its first and its last steps', async () => {
    expect(await slice(sequence, { start: 0, end: -1 })).toEqual({
      values: [0, 1, 2, 4, 5, 6],
      type: tensorType([1], 3),
    });
    expect(await slice(sequence, { start: 1, end: 0 })).toEqual({
      values: [1, 2, 3, 5, 6, 7],
      type: tensorType([1], 3),
    });
    expect((await slice(sequence, { start: -2, end: 3 })).values).toEqual([2, 6]);
  });

  it('cuts rows, columns and channels of images', async () => {
    expect(await slice(image, { axis: 'rows', start: 1 })).toEqual({
      values: [6, 7, 8, 9, 10, 11],
      type: tensorType([1, 3, 2]),
    });
    expect(await slice(image, { axis: 'columns', start: 0, end: 1 })).toEqual({
      values: [0, 1, 6, 7],
      type: tensorType([2, 1, 2]),
    });
    expect(await slice(image, { axis: 'features', start: 1 })).toEqual({
      values: [1, 3, 5, 7, 9, 11],
      type: tensorType([2, 3, 1]),
    });
  });

  it('keeps time when it cuts another axis', async () => {
    const film = tensorOf([1, 2, 1, 3, 1], (index) => index, { timed: true });
    expect(await slice(film, { axis: 'columns', start: -1 })).toEqual({
      values: [2, 5],
      type: tensorType([1, 1, 1], 2),
    });
  });

  it('refuses empty spans and axes that are not there', () => {
    for (const span of [{ start: 3, end: 2 }, { start: 0, end: 9 }, { start: -5 }, { end: -4 }]) {
      expect(inferNode(opSlice, { in: tensorType([1], 4) }, span)).toMatchObject({
        ok: false,
        problem: { code: 'node.bad-parameter' },
      });
    }
    for (const axis of ['time', 'rows']) {
      expect(inferNode(opSlice, { in: tensorType([8]) }, { axis })).toMatchObject({
        ok: false,
        problem: { code: 'shape.invalid', portId: 'in' },
      });
    }
  });
});
