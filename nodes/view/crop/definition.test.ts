import { describe, expect, it } from 'vitest';
import { tensorType } from '../../../src/graph/ports';
import { gradientError } from '../../shared/testing/gradientError';
import { inferNode, runOutput } from '../../shared/testing/runNode';
import { largestDifference, scatter, tensorOf } from '../../shared/testing/tensor';
import { viewCrop } from './definition';

const [ROWS, HEIGHT, WIDTH] = [150, 7, 9] as const;
const noise = scatter(1);

/** Three channels: the number of the row, the number of the column, and noise. */
const input = tensorOf([ROWS, HEIGHT, WIDTH, 3], (index) => {
  const pixel = Math.floor(index / 3) % (HEIGHT * WIDTH);
  return [Math.floor(pixel / WIDTH), pixel % WIDTH, noise(index)][index % 3] ?? NaN;
});

/** Value of a channel of image `n`, of an array like the input. */
function at(values: readonly number[], n: number, y: number, x: number, channel: number): number {
  return values[((n * HEIGHT + y) * WIDTH + x) * 3 + channel] ?? NaN;
}

/** The noise of image `n` between pixels, from the four around the place. */
function between(n: number, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.min(top + 1, HEIGHT - 1), Math.min(left + 1, WIDTH - 1)];
  const [v, u] = [y - top, x - left];
  return (
    (1 - v) * (1 - u) * at(input.values, n, top, left, 2) +
    (1 - v) * u * at(input.values, n, top, right, 2) +
    v * (1 - u) * at(input.values, n, bottom, left, 2) +
    v * u * at(input.values, n, bottom, right, 2)
  );
}

function crop(smallest: number): Promise<readonly number[]> {
  return runOutput(viewCrop, 'out', { inputs: { in: input }, live: { smallest } });
}

describe('view.crop', () => {
  it('enlarges a part of the image: places advance evenly, by one step in both directions', async () => {
    const out = await crop(0.5);
    const sides: number[] = [];
    for (let n = 0; n < ROWS; n++) {
      // Interpolating its own number, a pixel says from where it was taken: evenly spaced away from the borders.
      const side = at(out, n, 4, 0, 0) - at(out, n, 3, 0, 0);
      const begin = at(out, n, 3, 0, 0) - 3.5 * side + 0.5;
      const left = at(out, n, 0, 4, 1) - 4.5 * side + 0.5;
      const expected: number[] = [];
      for (let y = 0; y < HEIGHT; y++) {
        for (let x = 0; x < WIDTH; x++) {
          const row = Math.min(Math.max(begin + (y + 0.5) * side - 0.5, 0), HEIGHT - 1);
          const column = Math.min(Math.max(left + (x + 0.5) * side - 0.5, 0), WIDTH - 1);
          expected.push(row, column, between(n, row, column));
        }
      }
      const image = out.slice(n * expected.length, (n + 1) * expected.length);
      expect(largestDifference(image, expected)).toBeLessThan(1e-9);
      // It lies within the image.
      expect(begin).toBeGreaterThan(-1e-9);
      expect(begin + side * HEIGHT).toBeLessThan(HEIGHT + 1e-9);
      expect(left).toBeGreaterThan(-1e-9);
      expect(left + side * WIDTH).toBeLessThan(WIDTH + 1e-9);
      sides.push(side);
    }
    expect(Math.min(...sides)).toBeGreaterThan(0.5 - 1e-9);
    expect(Math.min(...sides)).toBeLessThan(0.52);
    expect(Math.max(...sides)).toBeGreaterThan(0.98);
    const mean = sides.reduce((sum, side) => sum + side, 0) / ROWS;
    expect(Math.abs(mean - 0.75)).toBeLessThan((4 * 0.5) / Math.sqrt(12 * ROWS));
  });

  it('is the image itself where the smallest part is all of it', async () => {
    expect(largestDifference(await crop(1), input.values)).toBeLessThan(1e-12);
  });

  it('has the gradient that finite differences have', async () => {
    const inputs = { in: tensorOf([3, 4, 5, 2], scatter(2)) };
    expect(await gradientError(viewCrop, { inputs }, 'out')).toBeLessThan(1e-8);
  });

  it('crops nothing in evaluation, and takes images only', async () => {
    const run = { inputs: { in: input }, mode: 'evaluate' as const };
    expect(await runOutput(viewCrop, 'out', run)).toEqual(input.values);
    expect(inferNode(viewCrop, { in: tensorType([64]) })).toMatchObject({
      ok: false,
      problem: { code: 'shape.invalid', portId: 'in' },
    });
  });
});
