import { describe, expect, it } from 'vitest';
import { runOutput } from '../../shared/testing/runNode';
import { tensorOf } from '../../shared/testing/tensor';
import { viewDropout } from './definition';

const ones = tensorOf([50, 6, 6, 3], () => 1);
const inputs = { in: ones };

describe('view.dropout', () => {
  it('keeps numbers with the live probability, as they are', async () => {
    const out = await runOutput(viewDropout, 'out', { inputs, live: { keep: 0.7 } });
    expect(new Set(out)).toEqual(new Set([0, 1]));
    const kept = out.reduce((sum, x) => sum + x, 0) / out.length;
    expect(Math.abs(kept - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / out.length));
  });

  it('drops all channels of a pixel together', async () => {
    const params = { unit: 'pixel' };
    const out = await runOutput(viewDropout, 'out', { inputs, params, live: { keep: 0.5 } });
    const pixels = Array.from({ length: out.length / 3 }, (_, i) => out.slice(3 * i, 3 * i + 3));
    expect(pixels.every(([a, b, c]) => a === b && b === c)).toBe(true);
    const kept = pixels.filter(([a]) => a === 1).length / pixels.length;
    expect(Math.abs(kept - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / pixels.length));
  });

  it('keeps the mean when it rescales', async () => {
    const params = { rescale: true };
    const out = await runOutput(viewDropout, 'out', { inputs, params, live: { keep: 0.25 } });
    expect(new Set(out)).toEqual(new Set([0, 4]));
  });

  it('keeps all at 1 and nothing at 0, also rescaled', async () => {
    for (const params of [{ rescale: false }, { rescale: true }]) {
      const at = (keep: number): Promise<readonly number[]> =>
        runOutput(viewDropout, 'out', { inputs, params, live: { keep } });
      expect(await at(1)).toEqual(ones.values);
      expect(new Set(await at(0))).toEqual(new Set([0]));
    }
  });

  it('drops nothing in evaluation', async () => {
    expect(await runOutput(viewDropout, 'out', { inputs, mode: 'evaluate' })).toEqual(ones.values);
  });
});
