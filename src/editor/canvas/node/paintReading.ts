import { pictureShape, type PictureShape } from '../../../graph/pictureShape';
import { pictureBytes } from '../../pictures/pictureBytes';
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
  shape: PictureShape,
): void {
  const [rows, columns] = shape;
  const { width, height } = context.canvas;
  const across = Math.max(1, samples.length);
  const side = Math.min((width - GAP * (across - 1)) / across, height);
  context.imageSmoothingEnabled = false;
  const picture = document.createElement('canvas');
  picture.width = columns;
  picture.height = rows;
  const pixels = picture.getContext('2d');
  samples.forEach((sample, index) => {
    const bytes = pictureBytes({ shape, values: sample, limits: [0, 1] }, 0);
    pixels?.putImageData(new ImageData(bytes, columns, rows), 0, 0);
    context.drawImage(picture, index * (side + GAP), (height - side) / 2, side, side);
  });
}
