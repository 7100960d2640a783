import { describe, expect, it } from 'vitest';
import { runNode, runOutput } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { regL1 } from './definition';

describe('reg.l1', () => {
  it('is the sum of absolute values of each sample, without its weight', async () => {
    const z = tensor([
      [1, -2, 0.5],
      [0, 0, -4],
    ]);
    const run = { inputs: { z }, params: { weight: 7 } };
    expect(await runOutput(regL1, 'energy', run)).toEqual([3.5, 4]);
  });

  it('has the sign as its gradient', async () => {
    const { gradients } = await runNode(regL1, {
      inputs: { z: tensor([[3, -0.1]]) },
      gradientOf: 'energy',
    });
    expect(gradients['z']?.[0]?.values).toEqual([1, -1]);
  });

  it('is taken by soft thresholding, and bounds a latent unless its weight is 0', () => {
    expect(regL1.proximal).toBe('l1');
    const bounds = (weight: number): unknown => regL1.traits?.(regL1.params.parse({ weight }));
    expect(bounds(0.1)).toEqual({ boundsLatent: true });
    expect(bounds(0)).toEqual({ boundsLatent: false });
  });
});
