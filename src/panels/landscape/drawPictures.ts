import type { PictureRow, PictureStrip } from '../../probing/pictures/pictureStrip';
import type { ReadToken } from '../charts/themeColours';

const LABELS = 120;
const GAP = 4;
const MARGIN = 12;
const SMALLEST = 24;
const LARGEST = 96;

export interface StripLayout {
  /** Side of a picture with the gap to the next one. */
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/** As large as all rows fit into a box; rows of the smallest pictures may be higher than it. */
export function stripLayout(
  { count, rows }: PictureStrip,
  size: { readonly width: number; readonly height: number },
): StripLayout {
  const across = (size.width - LABELS - 2 * MARGIN) / Math.max(count, 1);
  const down = (size.height - 2 * MARGIN) / Math.max(rows.length, 1);
  const cell = Math.floor(Math.max(SMALLEST, Math.min(across, down, LARGEST)));
  return {
    cell,
    width: LABELS + 2 * MARGIN + count * cell,
    height: 2 * MARGIN + rows.length * cell,
  };
}

/** A row of pictures for each port, its label before them. */
export function drawPictures(
  context: CanvasRenderingContext2D,
  { rows, count }: PictureStrip,
  { cell, width, height }: StripLayout,
  token: ReadToken,
): void {
  context.clearRect(0, 0, width, height);
  context.font = `12px ${token('--font-text')}`;
  context.textBaseline = 'middle';
  context.fillStyle = token('--text');
  context.imageSmoothingEnabled = false;
  rows.forEach((row, index) => {
    const top = MARGIN + index * cell;
    context.fillText(row.label, MARGIN, top + (cell - GAP) / 2, LABELS - GAP);
    const [rowHeight, rowWidth] = row.shape;
    const picture = document.createElement('canvas');
    picture.width = rowWidth;
    picture.height = rowHeight;
    const pixels = picture.getContext('2d');
    for (let sample = 0; sample < count; sample++) {
      const image = new ImageData(pictureBytes(row, sample), rowWidth, rowHeight);
      pixels?.putImageData(image, 0, 0);
      const left = MARGIN + LABELS + sample * cell;
      context.drawImage(picture, left, top, cell - GAP, cell - GAP);
    }
  });
}

/** One picture as RGBA: 0 is black and 1 is white, and what lies beyond is cut. */
export function pictureBytes(
  { shape: [height, width, channels], values }: PictureRow,
  sample: number,
): Uint8ClampedArray<ArrayBuffer> {
  const size = height * width;
  const bytes = new Uint8ClampedArray(4 * size);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = (sample * size + pixel) * channels + Math.min(channel, channels - 1);
      bytes[4 * pixel + channel] = 255 * (values[at] ?? 0);
    }
    bytes[4 * pixel + 3] = 255;
  }
  return bytes;
}
