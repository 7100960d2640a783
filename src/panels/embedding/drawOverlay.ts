import type { Drawing } from '../../editor/figure/drawing';
import { formatNumber } from '../../core/formatNumber';
import type { ReadToken } from '../charts/themeColours';
import type { Size } from './camera';
import type { Polygon } from './pick';

interface Overlay {
  readonly size: Size;
  readonly token: ReadToken;
  readonly pointSize: number;
  /** Where the point under the pointer is; null without one. */
  readonly cursor: readonly [number, number] | null;
  /** A line that is being drawn around points. */
  readonly line: Polygon;
  readonly pixelsPerUnit: number;
}

const INSET = 12;
/** Pixels of the scale bar at most. */
const LONGEST = 96;

/** What lies over points: a ring about one, the line of the lasso, and how long a unit is. */
export function drawOverlay(context: Drawing, overlay: Overlay): void {
  const { size, token, pointSize, cursor, line, pixelsPerUnit } = overlay;
  context.lineJoin = 'round';
  const [first, ...more] = line;
  if (first && more.length > 0) {
    context.beginPath();
    context.moveTo(...first);
    for (const corner of more) context.lineTo(...corner);
    context.closePath();
    context.globalAlpha = 0.12;
    context.fillStyle = token('--accent');
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([4, 3]);
    context.strokeStyle = token('--accent');
    context.lineWidth = 1.5;
    context.stroke();
    context.setLineDash([]);
  }
  if (cursor) {
    context.beginPath();
    context.arc(...cursor, pointSize / 2 + 3, 0, 2 * Math.PI);
    context.strokeStyle = token('--surface');
    context.lineWidth = 4;
    context.stroke();
    context.strokeStyle = token('--text');
    context.lineWidth = 2;
    context.stroke();
  }
  const length = scaleLength(LONGEST / pixelsPerUnit);
  const [left, bottom] = [INSET, size.height - INSET];
  context.beginPath();
  context.moveTo(left, bottom - 4);
  context.lineTo(left, bottom);
  context.lineTo(left + length * pixelsPerUnit, bottom);
  context.lineTo(left + length * pixelsPerUnit, bottom - 4);
  context.strokeStyle = token('--text-muted');
  context.lineWidth = 1;
  context.stroke();
  context.font = `11px ${token('--font-text')}`;
  context.textBaseline = 'bottom';
  context.fillStyle = token('--text-muted');
  context.fillText(formatNumber(length), left + 4, bottom - 3);
}

/** The largest of 1, 2 and 5 times a power of ten that is not above a length. */
export function scaleLength(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest));
  const times = [5, 2].find((factor) => factor * power <= longest) ?? 1;
  return times * power;
}
