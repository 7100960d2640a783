import { pictureShape, type PictureShape } from '../../../graph/pictureShape';
import type { NodeReading } from '../../store/overlayStore';

/** More columns of shades could not be told apart. */
const MAXIMUM_COLUMNS = 64;
const GAP = 2;

/** Fills the canvas. `colour` is that of the text: shades are parts of it. */
export function paintReading(
  context: CanvasRenderingContext2D,
  reading: Exclude<NodeReading, { kind: 'score' }>,
  colour: string,
): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour;
  if (reading.kind === 'histogram') return paintShades(context, shadesOf(reading.counts));
  const { shape, samples } = reading;
  const picture = pictureShape(shape);
  if (picture) paintPictures(context, samples, picture);
  else paintShades(context, shadesOf(samples.map((row) => row.slice(0, MAXIMUM_COLUMNS))));
}

/** Each number as a part of the largest size among them. */
export function shadesOf(rows: readonly (readonly number[])[]): number[][] {
  const largest = rows.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return rows.map((row) => row.map((value) => (largest > 0 ? Math.abs(value) / largest : 0)));
}

/** A line of cells for each row. */
function paintShades(
  context: CanvasRenderingContext2D,
  rows: readonly (readonly number[])[],
): void {
  const { width, height } = context.canvas;
  const cellHeight = height / Math.max(1, rows.length);
  rows.forEach((row, index) => {
    const cellWidth = width / Math.max(1, row.length);
    row.forEach((shade, column) => {
      context.globalAlpha = Number.isFinite(shade) ? 0.06 + 0.94 * shade : 0;
      context.fillRect(column * cellWidth, index * cellHeight, cellWidth, cellHeight);
    });
  });
  context.globalAlpha = 1;
}

function paintPictures(
  context: CanvasRenderingContext2D,
  samples: readonly (readonly number[])[],
  [rows, columns, channels]: PictureShape,
): void {
  const { width, height } = context.canvas;
  const across = Math.max(1, samples.length);
  const side = Math.min((width - GAP * (across - 1)) / across, height);
  context.imageSmoothingEnabled = false;
  const picture = document.createElement('canvas');
  picture.width = columns;
  picture.height = rows;
  const pixels = picture.getContext('2d');
  samples.forEach((sample, index) => {
    pixels?.putImageData(new ImageData(imageBytes(sample, channels), columns, rows), 0, 0);
    context.drawImage(picture, index * (side + GAP), (height - side) / 2, side, side);
  });
}

/** RGBA: 0 is black and 1 is white, and what lies beyond is cut. */
export function imageBytes(
  values: readonly number[],
  channels: number,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = values.length / channels;
  const bytes = new Uint8ClampedArray(4 * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = values[pixel * channels + Math.min(channel, channels - 1)] ?? 0;
      bytes[4 * pixel + channel] = 255 * value;
    }
    bytes[4 * pixel + 3] = 255;
  }
  return bytes;
}
