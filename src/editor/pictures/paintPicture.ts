import type { NodePicture, PaneValues, PicturePane } from '../../compiler/programs/nodePictures';
import type { PictureCell, PictureLayout } from '../model/pictureLayout';
import { pictureBytes } from './pictureBytes';

export interface PictureColours {
  /** Of points. */
  readonly mark: string;
  /** Of arrows. */
  readonly muted: string;
  /** Around each picture: white would not be told from the node, or black where that is dark. */
  readonly line: string;
}

/** Radius of a point, as a part of the side of its square. */
const POINT = 1 / 60;

/** Draws a node's picture; the context draws in CSS pixels and is clear. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  { panes }: NodePicture,
  values: readonly PaneValues[],
  { cells, arrows }: PictureLayout,
  colours: PictureColours,
): void {
  context.imageSmoothingEnabled = false;
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  const small = document.createElement('canvas');
  for (const cell of cells) {
    const pane = panes[cell.pane];
    const drawn = values[cell.pane];
    if (!pane || !drawn) continue;
    if (pane.form.kind === 'points') {
      context.fillStyle = colours.muted;
      if (drawn.behind) paintPoints(context, drawn.behind, drawn.limits, cell, 0.35);
      context.fillStyle = colours.mark;
      paintPoints(context, drawn.values, drawn.limits, cell, 0.8);
    } else if (!paintImage(context, small, pane.form, drawn, cell)) continue;
    // One scatter has the node's border.
    if (cells.length > 1 || pane.form.kind !== 'points') {
      context.strokeRect(cell.x + 0.5, cell.y + 0.5, cell.width - 1, cell.height - 1);
    }
  }
  context.strokeStyle = colours.muted;
  context.lineWidth = 1.25;
  for (const { x, y, down } of arrows) paintArrow(context, x, y, down);
}

/** Whether there is such a sample. */
function paintImage(
  context: CanvasRenderingContext2D,
  small: HTMLCanvasElement,
  form: Exclude<PicturePane['form'], { readonly kind: 'points' }>,
  { values, limits }: PaneValues,
  { sample, step, x, y, width, height }: PictureCell,
): boolean {
  const [rows, columns, channels] = form.shape;
  const index = sample * (form.kind === 'film' ? form.steps : 1) + step;
  if ((index + 1) * rows * columns * channels > values.length) return false;
  if (small.width !== columns || small.height !== rows) {
    small.width = columns;
    small.height = rows;
  }
  const bytes = pictureBytes({ shape: form.shape, values, limits }, index);
  small.getContext('2d')?.putImageData(new ImageData(bytes, columns, rows), 0, 0);
  context.drawImage(small, x, y, width, height);
  return true;
}

/** Both axes have one scale, upwards; what lies beyond is at the border. */
function paintPoints(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  [low, high]: PaneValues['limits'],
  { x, y, width }: PictureCell,
  alpha: number,
): void {
  const radius = Math.max(1, width * POINT);
  const inner = width - 4 * radius;
  const place = (value: number): number =>
    2 * radius + inner * Math.min(1, Math.max(0, (value - low) / (high - low)));
  context.globalAlpha = alpha;
  context.beginPath();
  for (let at = 0; at + 1 < values.length; at += 2) {
    const left = x + place(values[at] ?? NaN);
    const top = y + width - place(values[at + 1] ?? NaN);
    context.moveTo(left + radius, top);
    context.arc(left, top, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

function paintArrow(context: CanvasRenderingContext2D, x: number, y: number, down: boolean): void {
  context.save();
  context.translate(x, y);
  if (down) context.rotate(Math.PI / 2);
  context.beginPath();
  context.moveTo(-3, 0);
  context.lineTo(3, 0);
  context.moveTo(0.5, -2.5);
  context.lineTo(3, 0);
  context.lineTo(0.5, 2.5);
  context.stroke();
  context.restore();
}
