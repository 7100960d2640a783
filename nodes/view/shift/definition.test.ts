import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { inferNode, runNode, runOutput } from '../../shared/testing/runNode';
import { rowsOf, tensorOf } from '../../shared/testing/tensor';
import { viewShift } from './definition';

const [ROWS, HEIGHT, WIDTH, CHANNELS] = [400, 5, 6, 2] as const;
/** Every image is the same, all its numbers differ and none is 0. */
const input = tensorOf(
  [ROWS, HEIGHT, WIDTH, CHANNELS],
  (index) => 1 + (index % (HEIGHT * WIDTH * CHANNELS)),
);

/** The image moved by (down, right), by copying pixel after pixel. */
function moved(down: number, right: number): number[] {
  const out = Array<number>(HEIGHT * WIDTH * CHANNELS).fill(0);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        const [y, x] = [row + down, column + right];
        if (y < 0 || y >= HEIGHT || x < 0 || x >= WIDTH) continue;
        out[(y * WIDTH + x) * CHANNELS + channel] = 1 + (row * WIDTH + column) * CHANNELS + channel;
      }
    }
  }
  return out;
}

/** How often each shift up to `reach` occurs; throws if an output is none of them. */
async function histogram(amount: number, reach: number): Promise<Map<string, number>> {
  const known = new Map<string, string>();
  for (let down = -reach; down <= reach; down++) {
    for (let right = -reach; right <= reach; right++) {
      known.set(moved(down, right).join(), `${down},${right}`);
    }
  }
  const values = await runOutput(viewShift, 'out', { inputs: { in: input }, live: { amount } });
  const counts = new Map<string, number>();
  for (const row of rowsOf({ shape: input.shape, values })) {
    const shift = known.get(row.join());
    if (shift === undefined) throw new Error('an output is no whole shift of its input');
    counts.set(shift, (counts.get(shift) ?? 0) + 1);
  }
  return counts;
}

describe('view.shift', () => {
  it('moves each image by a whole number of pixels, zeros from outside, all shifts equally often', async () => {
    const counts = await histogram(1, 1);
    expect(counts.size).toBe(9);
    // χ² with 8 degrees of freedom is below 26.1 in 99.9 % of draws.
    const expected = ROWS / 9;
    const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chi2).toBeLessThan(26.1);
  });

  it('reads the amount live and rounds it', async () => {
    expect([...(await histogram(0.4, 1)).keys()]).toEqual(['0,0']);
    expect((await histogram(1.6, 2)).size).toBe(25);
  });

  it('empties images that are moved out of sight', async () => {
    const values = await runOutput(viewShift, 'out', {
      inputs: { in: input },
      live: { amount: 50 },
    });
    const rows = rowsOf({ shape: input.shape, values });
    expect(rows.filter((row) => row.every((value) => value === 0)).length).toBeGreaterThan(300);
  });

  it('lets the gradient through to the pixels that stay in sight', async () => {
    const { outputs, gradients } = await runNode(viewShift, {
      inputs: { in: input },
      gradientOf: 'out',
    });
    const shape = input.shape;
    const visible = rowsOf({ shape, values: outputs['out']?.values ?? [] });
    const slopes = rowsOf({ shape, values: gradients['in']?.[0]?.values ?? [] });
    visible.forEach((row, n) => {
      const seen = new Set(row);
      const expected = rowsOf(input)[n]?.map((value) => (seen.has(value) ? 1 : 0));
      expect(slopes[n]).toEqual(expected);
    });
  });

  it('moves nothing in evaluation, and takes images only', async () => {
    const run = { inputs: { in: input }, mode: 'evaluate' as const };
    expect(await runOutput(viewShift, 'out', run)).toEqual(input.values);
    expect(inferNode(viewShift, { in: tensorType([64]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });
});
