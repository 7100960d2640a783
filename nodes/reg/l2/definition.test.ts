import { describe, expect, it } from 'vitest';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { regL2 } from './definition';

describe('reg.l2', () => {
  it('is the sum of squares of each sample, over all axes', async () => {
    const z = tensor([
      [[1], [-2], [0.5]],
      [[0], [0], [-4]],
    ]);
    expect(await runOutput(regL2, 'energy', { inputs: { z } })).toEqual([5.25, 16]);
  });

  it('has the gradient 2z', async () => {
    const { gradients } = await runNode(regL2, {
      inputs: { z: tensor([[3, -0.5]]) },
      gradientOf: 'energy',
    });
    expect(gradients['z']?.[0]?.values).toEqual([6, -1]);
  });
});
