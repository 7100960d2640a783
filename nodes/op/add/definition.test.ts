import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { opAdd } from './definition';

describe('op.add', () => {
  it('adds any number of tensors', async () => {
    const inputs = { in: [tensor([[1, 2]]), tensor([[10, 20]]), tensor([[0.5, -2]])] };
    expect(await runOutput(opAdd, 'out', { inputs })).toEqual([11.5, 20]);
    const one = { in: tensor([[3, 4]]) };
    expect(await runOutput(opAdd, 'out', { inputs: one })).toEqual([3, 4]);
  });

  it('refuses different shapes and says which', () => {
    const types = { in: [tensorType([2, 3]), tensorType([2, 3]), tensorType([6])] };
    expect(inferNode(opAdd, types)).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', message: expect.stringContaining('Input 3 is 6') },
    });
  });
});
