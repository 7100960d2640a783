import { describe, expect, it } from 'vitest';
import { BANDS, paintField } from './paintField';
import { viridis } from './viridis';

const pixelAt = (pixels: Uint8ClampedArray, width: number, x: number, y: number): number[] => [
  ...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];

/** As a canvas keeps it. */
const bytes = (colour: readonly number[]): number[] => [...Uint8ClampedArray.of(...colour, 255)];

describe('viridis', () => {
  it('has its published ends and middle, and grows lighter all the way', () => {
    expect(viridis(0)).toEqual([0x44, 0x01, 0x54]);
    expect(viridis(0.5)).toEqual([0x21, 0x90, 0x8c]);
    expect(viridis(1)).toEqual([0xfd, 0xe7, 0x25]);
    expect(viridis(-1)).toEqual(viridis(0));
    expect(viridis(7)).toEqual(viridis(1));
    const lightness = Array.from({ length: 101 }, (_, index) => {
      const [red, green, blue] = viridis(index / 100).map((channel) => (channel / 255) ** 2.2);
      return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
    });
    expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
  });
});

describe('paintField', () => {
  it('fills bands with their colours, the first row of values at the bottom', () => {
    const units = Float32Array.of(0, 0, 1, 1);
    const pixels = paintField({ columns: 2, rows: 2, units }, 4, 64);
    const colour = (band: number) => bytes(viridis((band + 0.5) / BANDS));
    expect(pixelAt(pixels, 4, 0, 63)).toEqual(colour(0));
    expect(pixelAt(pixels, 4, 3, 0)).toEqual(colour(BANDS - 1));
    const colours = new Set(Array.from({ length: 64 }, (_, y) => pixelAt(pixels, 4, 1, y).join()));
    expect(colours.size).toBeGreaterThanOrEqual(BANDS);
    for (let y = 0; y < 64; y++) {
      expect(pixelAt(pixels, 4, 2, y)).toEqual(pixelAt(pixels, 4, 0, y));
    }
  });

  it('mixes the colours on both sides of a border where it runs through a pixel', () => {
    // The border at 8/16 lies in the middle of the third of five pixels.
    const units = Float32Array.of(7.5 / BANDS, 8.5 / BANDS);
    const pixels = paintField({ columns: 2, rows: 1, units }, 10, 1);
    const green = (x: number): number => pixelAt(pixels, 10, x, 0)[1] ?? NaN;
    const [left, right] = [green(0), green(9)];
    expect(left).toBeLessThan(right);
    // A line is drawn there, darker than both.
    expect(Math.min(green(4), green(5))).toBeLessThan(left);
  });

  it('leaves what has no value transparent, and has one colour beyond the ends', () => {
    const pixels = paintField({ columns: 3, rows: 1, units: Float32Array.of(NaN, 4, 4) }, 6, 1);
    expect(pixelAt(pixels, 6, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(pixelAt(pixels, 6, 5, 0)).toEqual(bytes(viridis((BANDS - 0.5) / BANDS)));
  });
});
