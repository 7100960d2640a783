import type { LandscapeRange, PlanePoint } from '../../probing/landscape/landscapeFrame';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where things stand in a landscape chart, in CSS pixels. */
export interface ChartLayout {
  readonly plot: Box;
  readonly bar: Box;
  /** All of it. */
  readonly width: number;
  readonly height: number;
}

/** Below the plot there is one line, of numbers and of the name of the axis: height is what a dock has least of. */
const MARGIN = { left: 48, top: 10, bottom: 24 } as const;
/** Between plot and colour bar, the bar itself, and room for its numbers and, along it, what it says of its scale. */
const BAR = { gap: 16, width: 12, labels: 72 } as const;
const LEAST = 40;
/** A surface over two variables is at most this much wider than high. */
const WIDEST = 2;

/** Fits plot and colour bar into a box. With `equal` units a length is the same along both axes. */
export function chartLayout(
  size: { readonly width: number; readonly height: number },
  range: LandscapeRange,
  equal: boolean,
): ChartLayout {
  const right = BAR.gap + BAR.width + BAR.labels;
  const width = Math.max(size.width - MARGIN.left - right, LEAST);
  const height = Math.max(size.height - MARGIN.top - MARGIN.bottom, LEAST);
  const ratio = (range.x[1] - range.x[0]) / (range.y[1] - range.y[0]);
  const wanted = equal && ratio > 0 && Number.isFinite(ratio) ? ratio : WIDEST;
  const fitted = equal
    ? { width: Math.min(width, height * wanted), height: Math.min(height, width / wanted) }
    : { width: Math.min(width, height * wanted), height };
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.round(Math.max(fitted.width, LEAST)),
    height: Math.round(Math.max(fitted.height, LEAST)),
  };
  return {
    plot,
    bar: { ...plot, left: plot.left + plot.width + BAR.gap, width: BAR.width },
    width: plot.left + plot.width + right,
    height: plot.top + plot.height + MARGIN.bottom,
  };
}

/** A point of the plane in pixels. */
export function toPixels(
  { left, top, width, height }: Box,
  { x, y }: LandscapeRange,
  point: PlanePoint,
): PlanePoint {
  return [
    left + ((point[0] - x[0]) / (x[1] - x[0])) * width,
    top + ((y[1] - point[1]) / (y[1] - y[0])) * height,
  ];
}

/** The point of the plane under a pixel, or null beside the plot. */
export function fromPixels(
  { left, top, width, height }: Box,
  { x, y }: LandscapeRange,
  [pixelX, pixelY]: PlanePoint,
): PlanePoint | null {
  const across = (pixelX - left) / width;
  const up = 1 - (pixelY - top) / height;
  if (across < 0 || across > 1 || up < 0 || up > 1) return null;
  return [x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])];
}
