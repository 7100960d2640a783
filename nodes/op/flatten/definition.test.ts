import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { opFlatten } from './definition';

const sequence = tensorOf([2, 3, 2, 2], (index) => index, { timed: true });

describe('op.flatten', () => {
  it('makes one vector a step, in row-major order', async () => {
    const { outputs, types } = await runNode(opFlatten, { inputs: { in: sequence } });
    expect(types['out']).toEqual(tensorType([4], 3));
    expect(outputs['out']).toEqual({ shape: [2, 3, 4], values: sequence.values });
  });

  it('puts time into the vector when asked to', async () => {
    const params = { time: 'include' };
    const { outputs, types } = await runNode(opFlatten, { inputs: { in: sequence }, params });
    expect(types['out']).toEqual(tensorType([12]));
    expect(outputs['out']).toEqual({ shape: [2, 12], values: sequence.values });
  });
});
