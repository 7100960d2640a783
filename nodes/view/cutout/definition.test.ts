import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, tensorOf } from '../../shared/testing/tensor';
import { viewCutout } from './definition';

const [ROWS, HEIGHT, WIDTH, CHANNELS] = [600, 5, 6, 2] as const;
const ones = tensorOf([ROWS, HEIGHT, WIDTH, CHANNELS], () => 1);

/** An image of ones without the pixels from `size`/2 above and left of the centre on. */
function cut(size: number, row: number, column: number): string {
  const [top, left] = [row - Math.floor(size / 2), column - Math.floor(size / 2)];
  const out: number[] = [];
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const inside = y >= top && y < top + size && x >= left && x < left + size;
      for (let channel = 0; channel < CHANNELS; channel++) out.push(inside ? 0 : 1);
    }
  }
  return out.join();
}

async function images(size: number): Promise<string[]> {
  const values = await runOutput(viewCutout, 'out', { inputs: { in: ones }, live: { size } });
  return rowsOf({ shape: ones.shape, values }).map((row) => row.join());
}

describe('view.cutout', () => {
  it.each([1, 2, 3])('sets a square of %d around any pixel to zero', async (size) => {
    const known = new Map<string, number>();
    for (let row = 0; row < HEIGHT; row++) {
      for (let column = 0; column < WIDTH; column++) known.set(cut(size, row, column), 0);
    }
    expect(known.size).toBe(HEIGHT * WIDTH);
    for (const image of await images(size)) {
      expect(known.has(image), image).toBe(true);
      known.set(image, (known.get(image) ?? 0) + 1);
    }
    // χ² with 29 degrees of freedom is below 58.3 in 99.9 % of draws.
    const chi2 = [...known.values()].reduce((sum, n) => sum + (n - 20) ** 2 / 20, 0);
    expect(chi2).toBeLessThan(58.3);
  });

  it('reads the size live and rounds it', async () => {
    expect(new Set(await images(0.4))).toEqual(new Set([cut(0, 0, 0)]));
    expect(await images(1.6)).toEqual(await images(2));
    expect(new Set(await images(100))).toEqual(new Set([ones.values.slice(0, 60).fill(0).join()]));
  });

  it('lets the gradient through to what is left', async () => {
    const run = { inputs: { in: ones }, gradientOf: 'out' };
    const { outputs, gradients } = await runNode(viewCutout, run);
    expect(gradients['in']?.[0]?.values).toEqual(outputs['out']?.values);
  });

  it('cuts nothing in evaluation, and takes images only', async () => {
    const run = { inputs: { in: ones }, mode: 'evaluate' as const };
    expect(await runOutput(viewCutout, 'out', run)).toEqual(ones.values);
    expect(inferNode(viewCutout, { in: tensorType([64]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });
});
