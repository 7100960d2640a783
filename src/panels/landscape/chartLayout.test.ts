import { describe, expect, it } from 'vitest';
import { chartLayout, fromPixels, toPixels } from './chartLayout';
import { ticks } from './ticks';

const SQUARE = { x: [-1, 1], y: [0, 2] } as const;

describe('chartLayout', () => {
  it('gives a length the same number of pixels along both axes of one variable', () => {
    for (const size of [
      { width: 900, height: 224 },
      { width: 300, height: 600 },
    ]) {
      const { plot, bar, width, height } = chartLayout(size, SQUARE, true);
      expect(plot.width).toBe(plot.height);
      expect(bar.left).toBeGreaterThan(plot.left + plot.width);
      expect(width).toBeLessThanOrEqual(size.width);
      expect(height).toBeLessThanOrEqual(size.height);
    }
    const wide = chartLayout({ width: 900, height: 224 }, { x: [0, 3], y: [0, 1] }, true);
    expect(wide.plot.width / wide.plot.height).toBeCloseTo(3, 1);
  });

  it('lets a surface take the room, up to twice as wide as high', () => {
    const { plot } = chartLayout({ width: 2000, height: 224 }, SQUARE, false);
    expect(plot.width).toBe(2 * plot.height);
    expect(chartLayout({ width: 300, height: 224 }, SQUARE, false).width).toBeLessThanOrEqual(300);
  });

  it('does with a box that has no room, and with an endless one', () => {
    const none = chartLayout({ width: 0, height: 0 }, SQUARE, true);
    expect(none.plot.width).toBeGreaterThan(0);
    const { width } = chartLayout({ width: Infinity, height: 224 }, SQUARE, true);
    expect(Number.isFinite(width)).toBe(true);
  });

  it('finds the point under a pixel, and the pixel of a point', () => {
    const { plot } = chartLayout({ width: 900, height: 224 }, SQUARE, true);
    const pixel = toPixels(plot, SQUARE, [0.25, 1.5]);
    const point = fromPixels(plot, SQUARE, pixel);
    expect(point?.[0]).toBeCloseTo(0.25, 10);
    expect(point?.[1]).toBeCloseTo(1.5, 10);
    expect(toPixels(plot, SQUARE, [-1, 2])).toEqual([plot.left, plot.top]);
    expect(fromPixels(plot, SQUARE, [plot.left - 1, plot.top + 5])).toBeNull();
  });
});

describe('ticks', () => {
  it('are round numbers inside the range', () => {
    expect(ticks([-1.47, 1.45], 6)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ticks([0, 1], 4)).toEqual([0, 0.5, 1]);
    expect(ticks([0.3, 0.7], 4)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(ticks([-1e-9, 3e-9], 4)).toEqual([-1e-9, 0, 1e-9, 2e-9, 3e-9]);
    expect(ticks([12_000, 19_000], 3)).toEqual([15_000]);
  });

  it('are none where there is no length', () => {
    expect(ticks([1, 1], 4)).toEqual([]);
    expect(ticks([0, Infinity], 4)).toEqual([]);
    expect(ticks([0, 1], 0.5)).toEqual([]);
  });
});
