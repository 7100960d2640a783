import { describe, expect, it } from 'vitest';
import { READABLE_ZOOM, SMALLEST_TEXT, detailAt } from './detail';
import { openingView } from './fitView';

const SCREEN = { width: 900, height: 600 };
const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

/** Where a place of the canvas is on the screen. */
function onScreen(view: ReturnType<typeof openingView>, x: number, y: number) {
  return { x: view.x + x * view.zoom, y: view.y + y * view.zoom };
}

describe('the view that a graph opens with', () => {
  it('shows a small graph whole, in the middle, and not too large', () => {
    const bounds = rect(100, -50, 300, 200);
    const view = openingView(bounds, bounds, SCREEN);
    expect(view.zoom).toBe(1.25);
    const middle = onScreen(view, 250, 50);
    expect(middle.x).toBeCloseTo(450);
    // There are buttons below it.
    expect(middle.y).toBeCloseTo((32 + (600 - 64)) / 2);
  });

  it('shows a long graph from its left end on, with labels that can be read', () => {
    const view = openingView(rect(-40, 0, 4000, 200), rect(-40, 60, 100, 100), SCREEN);
    expect(view.zoom * 13).toBeGreaterThanOrEqual(SMALLEST_TEXT);
    expect(view.zoom).toBe(READABLE_ZOOM);
    expect(onScreen(view, -40, 0).x).toBeCloseTo(40);
  });

  it('shows the height of a high graph that its data is at, and nothing beyond its ends', () => {
    const bounds = rect(0, 0, 500, 3000);
    const middle = openingView(bounds, rect(0, 1400, 100, 100), SCREEN);
    expect(onScreen(middle, 0, 1450).y).toBeCloseTo((32 + (600 - 64)) / 2);
    const top = openingView(bounds, rect(0, 0, 100, 100), SCREEN);
    expect(onScreen(top, 0, 0).y).toBeCloseTo(32);
    const bottom = openingView(bounds, rect(0, 2900, 100, 100), SCREEN);
    expect(onScreen(bottom, 0, 3000).y).toBeCloseTo(600 - 64);
  });
});

describe('what is written on the canvas', () => {
  it('has no words under 11 pixels on the screen', () => {
    // As in Canvas.module.css: pixels on the canvas of labels, and of small print where it is drawn.
    const sizes = {
      full: [13, 11],
      reduced: [13, 13],
      labels: [17],
      large: [24],
      shapes: [],
    } as const;
    for (let zoom = 2.5; zoom > 0.1; zoom -= 0.001) {
      for (const size of sizes[detailAt(zoom)]) expect(size * zoom).toBeGreaterThanOrEqual(10.99);
    }
  });
});
