import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { NODE_ENGINES, openEngine } from '../../shared/testing/engines';
import { rowsOf, scatter, tensor, tensorOf } from '../../shared/testing/tensor';
import { energyCrossEntropy } from './definition';

/** −Σ t log(e^ℓ / Σ e^ℓ) of one row. */
function crossEntropy(logits: readonly number[], target: readonly number[]): number {
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  return -target.reduce((sum, t, k) => sum + t * Math.log(Math.exp(logits[k] ?? NaN) / total), 0);
}

describe('energy.crossEntropy', () => {
  it('is the negative log-probability of the class, and its mean under a distribution', async () => {
    const logits = tensorOf([3, 4], (index) => 3 * scatter(1)(index));
    const target = tensor([
      [0, 0, 1, 0],
      [1, 0, 0, 0],
      [0.2, 0.3, 0.1, 0.4],
    ]);
    const energy = await runOutput(energyCrossEntropy, 'energy', { inputs: { logits, target } });
    const targets = rowsOf(target);
    rowsOf(logits).forEach((row, index) =>
      expect(energy[index]).toBeCloseTo(crossEntropy(row, targets[index] ?? []), 12),
    );
  });

  it('takes the softmax along the last axis, and the sum over the others', async () => {
    const logits = tensorOf([2, 3, 4], scatter(3));
    const target = tensorOf([2, 3, 4], (index) => (index % 4 === 1 ? 1 : 0));
    const energy = await runOutput(energyCrossEntropy, 'energy', { inputs: { logits, target } });
    rowsOf(logits).forEach((row, index) => {
      const places = [0, 1, 2].map((place) =>
        crossEntropy(row.slice(4 * place, 4 * place + 4), [0, 1, 0, 0]),
      );
      expect(energy[index]).toBeCloseTo(
        places.reduce((sum, value) => sum + value),
        12,
      );
    });
  });

  it.each(NODE_ENGINES)('stays finite at large logits on %s, with its gradient', async (name) => {
    const engine = await openEngine(name);
    const inputs = { logits: tensor([[1000, -1000, 0]]), target: tensor([[0, 1, 0]]) };
    const run = { inputs, gradientOf: 'energy', engine };
    const { outputs, gradients } = await runNode(energyCrossEntropy, run);
    expect(outputs['energy']?.values).toEqual([2000]);
    // softmax − target
    expect(gradients['logits']?.[0]?.values).toEqual([1, -1, 0]);
    engine.dispose();
  });

  it('has the gradient that differences have', async () => {
    const inputs = {
      logits: tensorOf([2, 3], scatter(1)),
      target: tensorOf([2, 3], (index) => (index + 1) / 10),
    };
    expect(await gradientError(energyCrossEntropy, { inputs }, 'energy')).toBeLessThan(1e-8);
  });

  it('refuses logits and targets of different shapes', () => {
    const types = { logits: tensorType([4]), target: tensorType([5]) };
    expect(inferNode(energyCrossEntropy, types)).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch', portId: 'target' },
    });
  });
});
