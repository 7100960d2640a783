import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensor, tensorOf, type TestTensor } from '../../shared/testing/tensor';
import { opPool } from './definition';

async function pool(
  input: TestTensor,
  params: Record<string, unknown>,
): Promise<{ values: readonly number[] | undefined; type: unknown }> {
  const { outputs, types } = await runNode(opPool, { inputs: { in: input }, params });
  return { values: outputs['out']?.values, type: types['out'] };
}

/** One sample of five steps: 1, 5, 2, 4, 9. */
const sequence = tensor([[[1], [5], [2], [4], [9]]], { timed: true });

describe('op.pool', () => {
  it('coarsens time; an incomplete last window is left out', async () => {
    const type = tensorType([1], 2);
    expect(await pool(sequence, { size: 2 })).toEqual({ values: [3, 3], type });
    expect(await pool(sequence, { size: 2, reduce: 'max' })).toEqual({ values: [5, 4], type });
  });

  it('samples every k-th step from the start, the last one too', async () => {
    expect(await pool(sequence, { size: 2, reduce: 'first' })).toEqual({
      values: [1, 2, 9],
      type: tensorType([1], 3),
    });
    expect((await pool(sequence, { size: 3, reduce: 'first' })).values).toEqual([1, 4]);
  });

  it('pools height and width of images, channel by channel', async () => {
    // 2 × 4 pixels, 2 channels; the second channel is the negative of the first.
    const image = tensorOf([1, 2, 4, 2], (i) => (i % 2 === 0 ? i / 2 : (1 - i) / 2));
    const type = tensorType([1, 2, 2]);
    expect(await pool(image, { over: 'space' })).toEqual({ values: [2.5, -2.5, 4.5, -4.5], type });
    expect((await pool(image, { over: 'space', reduce: 'max' })).values).toEqual([5, 0, 7, -2]);
  });

  it('pools features', async () => {
    const vectors = tensor([[1, 3, 5, 7, 100]]);
    expect(await pool(vectors, { over: 'features' })).toEqual({
      values: [2, 6],
      type: tensorType([2]),
    });
  });

  it('pools everything into one: a sequence loses its time, an image its height and width', async () => {
    expect(await pool(sequence, { whole: true })).toEqual({ values: [4.2], type: tensorType([1]) });
    const film = tensorOf([1, 2, 2, 2, 3], (index) => index, { timed: true });
    expect(await pool(film, { over: 'space', whole: true })).toEqual({
      values: [4.5, 5.5, 6.5, 16.5, 17.5, 18.5],
      type: tensorType([3], 2),
    });
    expect(await pool(tensor([[1, 5]]), { over: 'features', whole: true })).toEqual({
      values: [3],
      type: tensorType([1]),
    });
  });

  it('refuses windows that are too long and axes that are not there', () => {
    expect(inferNode(opPool, { in: tensorType([3], 4) }, { size: 5 })).toMatchObject({
      ok: false,
      problem: { code: 'node.bad-parameter' },
    });
    expect(inferNode(opPool, { in: tensorType([3]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });
});
