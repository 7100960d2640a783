import { describe, expect, it } from 'vitest';
import { runNode } from '../../shared/testing/runNode';
import { tensor } from '../../shared/testing/tensor';
import { opStopGradient } from './definition';

describe('op.stopGradient', () => {
  it('passes values on and no gradient back', async () => {
    const inputs = { in: tensor([[1, -2, 3]]) };
    const { outputs, gradients } = await runNode(opStopGradient, { inputs, gradientOf: 'out' });
    expect(outputs['out']).toEqual({ shape: [1, 3], values: [1, -2, 3] });
    expect(gradients['in']?.[0]?.values).toEqual([0, 0, 0]);
  });
});
