import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { opConcat } from './definition';

describe('op.concat', () => {
  it('puts vectors side by side, in order', async () => {
    const inputs = { in: [tensor([[1, 2], [3, 4]]), tensor([[5], [6]])] }; // prettier-ignore
    const { outputs, types } = await runNode(opConcat, { inputs });
    expect(outputs['out']).toEqual({ shape: [2, 3], values: [1, 2, 5, 3, 4, 6] });
    expect(types['out']).toEqual(tensorType([3]));
  });

  it('joins images by their channels', async () => {
    const inputs = { in: [tensor([[[[1], [2]]]]), tensor([[[[3, 4], [5, 6]]]])] }; // prettier-ignore
    const { outputs, types } = await runNode(opConcat, { inputs });
    expect(types['out']).toEqual(tensorType([1, 2, 3]));
    expect(outputs['out']?.values).toEqual([1, 3, 4, 2, 5, 6]);
  });

  it('flattens first when asked to', async () => {
    const inputs = { in: [tensor([[[1, 2], [3, 4]]]), tensor([[9]])] }; // prettier-ignore
    const { outputs } = await runNode(opConcat, { inputs, params: { axis: 'flat' } });
    expect(outputs['out']).toEqual({ shape: [1, 5], values: [1, 2, 3, 4, 9] });
  });

  it('refuses shapes that do not fit side by side', () => {
    const types = { in: [tensorType([8, 8, 1]), tensorType([32])] };
    expect(inferNode(opConcat, types)).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch' },
    });
  });
});
