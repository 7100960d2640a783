import { describe, expect, it } from 'vitest';
import { runOutput } from '../../shared/testing/runNode';
import { rowsOf, scatter, tensorOf } from '../../shared/testing/tensor';
import { viewGain } from './definition';

const input = tensorOf([400, 3, 3, 1], scatter(2));

async function gains(live: Record<string, number>): Promise<number[][]> {
  const values = await runOutput(viewGain, 'out', { inputs: { in: input }, live });
  const before = rowsOf(input);
  return rowsOf({ shape: input.shape, values }).map((row, n) =>
    row.map((value, i) => value / (before[n]?.[i] ?? NaN)),
  );
}

describe('view.gain', () => {
  it('multiplies each sample by one factor', async () => {
    for (const factors of await gains({ strength: 0.5 })) {
      expect(Math.max(...factors) - Math.min(...factors)).toBeLessThan(1e-12);
    }
  });

  it('draws the factor uniformly from 1 − s to 1 + s', async () => {
    const factors = (await gains({ strength: 0.5 })).map(([factor = NaN]) => factor);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...factors)).toBeLessThan(1.5);
    const mean = factors.reduce((sum, x) => sum + x, 0) / factors.length;
    const variance = factors.reduce((sum, x) => sum + (x - mean) ** 2, 0) / factors.length;
    expect(Math.abs(mean - 1)).toBeLessThan((4 * Math.sqrt(1 / 12)) / Math.sqrt(400));
    expect(variance * 12).toBeCloseTo(1, 0);
  });

  it('does nothing at strength 0, nor in evaluation', async () => {
    const inputs = { in: input };
    expect(await runOutput(viewGain, 'out', { inputs, live: { strength: 0 } })).toEqual(
      input.values,
    );
    expect(await runOutput(viewGain, 'out', { inputs, mode: 'evaluate' })).toEqual(input.values);
  });
});
