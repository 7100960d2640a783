import { describe, expect, it } from 'vitest';
import { defined } from '../../src/core/invariant';
import { elementCount } from '../../src/ir/types';
import { makeArrays } from './arrays';
import type { Model } from './workload';

const MODELS: readonly Model[] = [
  { kind: 'mlp', batch: 6, widths: [5, 8, 3] },
  { kind: 'jointEmbedding', batch: 8, input: 3, hidden: 6, embedding: 4 },
  { kind: 'conv', batch: 3, size: 8, channels: [1, 2, 3], classes: 4 },
  { kind: 'transformer', batch: 2, tokens: 4, width: 8, heads: 2, hidden: 12 },
  { kind: 'jepa', batch: 8, input: 3, hidden: 6, embedding: 4, latent: 2, steps: 3 },
  { kind: 'langevin', batch: 32, widths: [2, 32, 32, 1], steps: 3, buffer: 64 },
  { kind: 'sparseCoding', batch: 8, pixels: 6, atoms: 8, steps: 4 },
];

describe('batches and weights', () => {
  it.each(MODELS)(
    'of $kind are the same at each call, as long as their shapes, and named apart',
    (model) => {
      const made = makeArrays(model);
      expect(makeArrays(model)).toEqual(made);
      const all = [...made.data, ...made.weights];
      for (const { shape, values } of all) expect(values).toHaveLength(elementCount(shape));
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    },
  );

  it('labels are one class a row, weights have the deviation of He', () => {
    const { data, weights } = makeArrays({ kind: 'mlp', batch: 50, widths: [200, 100, 10] });
    const labels = defined(data.find(({ name }) => name === 'labels')?.values, 'labels');
    for (let row = 0; row < 50; row++) {
      const classes = [...labels.slice(row * 10, row * 10 + 10)].sort();
      expect(classes).toEqual([...new Array<number>(9).fill(0), 1]);
    }
    const { values } = defined(weights[0], 'first weights');
    const square = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    expect(square).toBeCloseTo(2 / 200, 3);
  });
});
