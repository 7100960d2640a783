import type { Drawing } from '../../editor/figure/drawing';
import { pixelOf } from '../../graph/places';
import type { ReadToken } from '../charts/themeColours';
import { OUTLINES, type MarkStyle } from './markStyle';

/** A path over a picture, up to where it is looked at. */
export interface DrawnPath {
  /** `n × 2`, as `src/graph/places.ts` has them; the last one gets the mark. */
  readonly places: readonly number[];
  /** Null for the truth. */
  readonly style: MarkStyle | null;
  /** The last place is about an earlier step than the picture. */
  readonly isEarlier: boolean;
}

const RADIUS = 6;
/** Around lines, so that they are seen on black and on white. */
const HALO = 1.5;
const BLACK = '#000000';
const WHITE = '#ffffff';

/** Paths with their marks over a picture of `[height, width]` pixels, each `scale` wide. */
export function drawPlaces(
  context: Drawing,
  paths: readonly DrawnPath[],
  [height, width]: readonly [number, number, ...number[]],
  scale: number,
  token: ReadToken,
): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const { places, style, isEarlier } of paths) {
    const points = Array.from({ length: places.length / 2 }, (_, at): [number, number] => [
      scale * (pixelOf(places[2 * at] ?? NaN, width) + 0.5),
      scale * (pixelOf(places[2 * at + 1] ?? NaN, height) + 0.5),
    ]);
    const last = points.at(-1);
    if (!last) continue;
    const colour = style ? token(style.colour) : WHITE;
    const halo = style ? WHITE : BLACK;
    context.globalAlpha = 0.85;
    context.setLineDash(style ? [] : [3, 4]);
    stroked(context, colour, halo, 2, () => {
      points.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    });
    context.setLineDash([]);
    context.globalAlpha = isEarlier ? 0.6 : 1;
    stroked(context, colour, halo, 2.5, () => markAt(context, last, style));
    context.globalAlpha = 1;
  }
}

function stroked(
  context: Drawing,
  colour: string,
  halo: string,
  width: number,
  path: () => void,
): void {
  for (const [style, thickness] of [
    [halo, width + HALO],
    [colour, width],
  ] as const) {
    context.beginPath();
    path();
    context.strokeStyle = style;
    context.lineWidth = thickness;
    context.stroke();
  }
}

/** A cross for the truth. */
function markAt(
  context: Drawing,
  [x, y]: readonly [number, number],
  style: MarkStyle | null,
): void {
  if (!style) {
    context.moveTo(x - RADIUS, y);
    context.lineTo(x + RADIUS, y);
    context.moveTo(x, y - RADIUS);
    context.lineTo(x, y + RADIUS);
    return;
  }
  const outline = OUTLINES[style.shape];
  if (!outline) {
    context.moveTo(x + RADIUS, y);
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
    return;
  }
  outline.forEach(([right, down], at) => {
    const [to, below] = [x + RADIUS * right, y + RADIUS * down];
    if (at === 0) context.moveTo(to, below);
    else context.lineTo(to, below);
  });
  context.closePath();
}
