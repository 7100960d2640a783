import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { tensor, tensorOf } from '../../shared/testing/tensor';
import { moduleLinear } from './definition';

const weights = { weight: [1, 2, 3, 4, 5, 6], bias: [10, 20] };

describe('module.linear', () => {
  it('is xW + b with W stored as inputs × outputs', async () => {
    const inputs = { in: tensor([[1, 0, -1], [0.5, 2, 0]]) }; // prettier-ignore
    const { outputs } = await runNode(moduleLinear, { inputs, params: { width: 2 }, weights });
    expect(outputs['out']).toEqual({
      shape: [2, 2],
      values: [1 - 5 + 10, 2 - 6 + 20, 0.5 + 6 + 10, 1 + 8 + 20],
    });
  });

  it('flattens several inputs and puts them side by side', async () => {
    const inputs = { in: [tensor([[[1], [0]]]), tensor([[-1]])] };
    const run = { inputs, params: { width: 2, bias: false }, weights: { weight: weights.weight } };
    expect(await runOutput(moduleLinear, 'out', run)).toEqual([1 - 5, 2 - 6]);
  });

  it('starts uniform within ±1/√inputs, weight and bias', async () => {
    const inputs = { in: tensorOf([1, 400], () => 0) };
    const { weights: initial } = await runNode(moduleLinear, { inputs, params: { width: 50 } });
    const weight = initial['weight'];
    expect(weight?.shape).toEqual([400, 50]);
    expect(initial['bias']?.shape).toEqual([50]);
    for (const { values } of Object.values(initial)) {
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.05);
    }
    const variance = (weight?.values ?? []).reduce((sum, x) => sum + x * x, 0) / 20_000;
    expect(variance / (0.05 ** 2 / 3)).toBeCloseTo(1, 1);
  });

  it('gives its output a shape', () => {
    const result = inferNode(
      moduleLinear,
      { in: tensorType([32]) },
      { role: 'decoder', outputShape: [8, 8, 1] },
    );
    expect(result).toEqual({ ok: true, outputs: { out: tensorType([8, 8, 1]) } });
  });

  it('refuses a weight matrix that is too large', () => {
    const types = { in: tensorType([128, 128, 3]) };
    expect(inferNode(moduleLinear, types, { width: 8192 })).toMatchObject({
      ok: false,
      problem: { code: 'shape.too-large' },
    });
  });
});
