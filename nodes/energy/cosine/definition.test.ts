import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { NODE_ENGINES, openEngine } from '../../shared/testing/engines';
import { tensor } from '../../shared/testing/tensor';
import { energyCosine } from './definition';

describe('energy.cosine', () => {
  it('is one minus the cosine of the angle, whatever the lengths', async () => {
    const angle = 0.7;
    const a = tensor([
      [3, 0],
      [1, 1],
      [0, 5],
      [2, 0],
    ]);
    const b = tensor([
      [0.1 * Math.cos(angle), 0.1 * Math.sin(angle)],
      [2, 2],
      [0, -1],
      [0, 7],
    ]);
    const energy = await runOutput(energyCosine, 'energy', { inputs: { a, b } });
    expect(energy[0]).toBeCloseTo(1 - Math.cos(angle), 12);
    expect(energy[1]).toBeCloseTo(0, 12);
    expect(energy[2]).toBeCloseTo(2, 12);
    expect(energy[3]).toBeCloseTo(1, 12);
  });

  it.each(NODE_ENGINES)(
    'is 1 for a zero vector, and for two, with a finite gradient, on %s',
    async (name) => {
      const engine = await openEngine(name);
      const inputs = { a: tensor([[0, 0], [0, 0]]), b: tensor([[1, 2], [0, 0]]) }; // prettier-ignore
      const run = { inputs, gradientOf: 'energy', engine };
      const { outputs, gradients } = await runNode(energyCosine, run);
      expect(outputs['energy']?.values).toEqual([1, 1]);
      const values = [...(gradients['a'] ?? []), ...(gradients['b'] ?? [])].flatMap(
        (gradient) => gradient.values,
      );
      expect(values).toHaveLength(8);
      expect(values.every(Number.isFinite)).toBe(true);
      engine.dispose();
    },
  );

  it('compares the masked parts only, and is 1 where there is none', async () => {
    const a = tensor([[1, 5, 2], [3, 4, 1]]); // prettier-ignore
    const b = tensor([[2, -7, 1], [1, 1, 1]]); // prettier-ignore
    const mask = tensor([[1, 0, 1], [0, 0, 0]]); // prettier-ignore
    const energy = await runOutput(energyCosine, 'energy', { inputs: { a, b, mask } });
    expect(energy[0]).toBeCloseTo(1 - 4 / 5, 12);
    expect(energy[1]).toBe(1);
  });

  it('clamps each norm at 1e-8', async () => {
    const inputs = { a: tensor([[1e-9, 0]]), b: tensor([[1, 0]]) };
    const [energy] = await runOutput(energyCosine, 'energy', { inputs });
    expect(energy).toBeCloseTo(1 - 1e-9 / 1e-8, 12);
  });

  it('does not change when one side is scaled: its gradient is orthogonal to the side', async () => {
    const inputs = { a: tensor([[1, 2, -1]]), b: tensor([[0.5, -1, 2]]) };
    const { gradients } = await runNode(energyCosine, { inputs, gradientOf: 'energy' });
    const slope = gradients['a']?.[0]?.values ?? [];
    const along = slope.reduce((sum, g, i) => sum + g * (inputs.a.values[i] ?? 0), 0);
    expect(along).toBeCloseTo(0, 12);
    expect(Math.hypot(...slope)).toBeGreaterThan(0.1);
  });

  it('refuses sides of different shapes', () => {
    expect(inferNode(energyCosine, { a: tensorType([4]), b: tensorType([5]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.mismatch' },
    });
  });
});
