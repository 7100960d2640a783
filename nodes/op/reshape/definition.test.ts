import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { scatter, tensorOf } from '../../shared/testing/tensor';
import { opReshape } from './definition';

describe('op.reshape', () => {
  it('keeps the numbers and their order', async () => {
    const vectors = tensorOf([2, 12], scatter(1));
    const params = { shape: [2, 3, 2] };
    const { outputs, types } = await runNode(opReshape, { inputs: { in: vectors }, params });
    expect(outputs['out']).toEqual({ shape: [2, 2, 3, 2], values: vectors.values });
    expect(types['out']).toEqual(tensorType([2, 3, 2]));
  });

  it('makes a vector of an image without a shape, and keeps time', async () => {
    const films = tensorOf([2, 3, 2, 2, 1], scatter(2), { timed: true });
    const { outputs, types } = await runNode(opReshape, { inputs: { in: films } });
    expect(outputs['out']).toEqual({ shape: [2, 3, 4], values: films.values });
    expect(types['out']).toEqual(tensorType([4], 3));
  });

  it('hands gradients back in the old shape', async () => {
    const images = tensorOf([2, 3, 2, 1], scatter(3));
    const run = { inputs: { in: images }, params: { shape: [6] }, gradientOf: 'out' };
    const { gradients } = await runNode(opReshape, run);
    expect(gradients['in']?.[0]).toEqual({ shape: [2, 3, 2, 1], values: Array(12).fill(1) });
  });

  it('says how many numbers there are where they do not fit', () => {
    expect(inferNode(opReshape, { in: tensorType([64]) }, { shape: [8, 9, 1] })).toMatchObject({
      ok: false,
      problem: {
        code: 'shape.mismatch',
        portId: 'in',
        message: '64 has 64 numbers and 8×9×1 has 72.',
        hint: 'Choose a shape of 64 numbers in all.',
      },
    });
  });
});
