import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { opFrame } from './definition';

/** Sample b, step t, feature f has the value 100 b + 10 t + f. */
const sequence = tensorOf(
  [2, 3, 2],
  (i) => 100 * Math.floor(i / 6) + 10 * (Math.floor(i / 2) % 3) + (i % 2),
  { timed: true },
);

describe('op.frame', () => {
  it.each([
    [0, [0, 1, 100, 101]],
    [1, [10, 11, 110, 111]],
    [-1, [20, 21, 120, 121]],
    [-3, [0, 1, 100, 101]],
  ])('picks step %i', async (step, values) => {
    const { outputs, types } = await runNode(opFrame, {
      inputs: { in: sequence },
      params: { step },
    });
    expect(outputs['out']).toEqual({ shape: [2, 2], values });
    expect(types['out']).toEqual(tensorType([2]));
  });

  it('refuses steps that are not there, and tensors without time', () => {
    for (const step of [3, -4]) {
      expect(inferNode(opFrame, { in: tensorType([2], 3) }, { step })).toMatchObject({
        ok: false,
        problem: { code: 'node.bad-parameter' },
      });
    }
    expect(inferNode(opFrame, { in: tensorType([2]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });
});
