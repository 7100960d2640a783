import type { Drawing } from '../../editor/figure/drawing';
import { pictureBytes } from '../../editor/pictures/pictureBytes';
import type { PictureStrip } from '../../probing/pictures/pictureStrip';
import type { ReadToken } from '../charts/themeColours';

const LABELS = 120;
const GAP = 4;
const MARGIN = 12;
const SMALLEST = 24;
const LARGEST = 96;

export interface StripLayout {
  /** Side of a picture with the gap to the next one. */
  readonly cell: number;
  /** Pictures side by side. */
  readonly across: number;
  readonly width: number;
  readonly height: number;
}

/** As large as all pictures fit into a box; lines of the smallest ones may be higher than it. */
export function stripLayout(
  { rows }: PictureStrip,
  size: { readonly width: number; readonly height: number },
): StripLayout {
  const counts = rows.map(({ count }) => count);
  // Samples stay in one line: these are below each other.
  const samples = Math.min(...counts, Infinity);
  const room = size.width - LABELS - 2 * MARGIN;
  const fitted = (cell: number): StripLayout => {
    const across = Math.max(1, samples, Math.floor(room / cell));
    const lines = counts.reduce((sum, count) => sum + Math.ceil(count / across), 0);
    const most = Math.min(across, Math.max(...counts, 0));
    return {
      ...{ cell, across, height: 2 * MARGIN + lines * cell },
      width: LABELS + 2 * MARGIN + most * cell,
    };
  };
  for (let cell = LARGEST; cell > SMALLEST; cell--) {
    const layout = fitted(cell);
    if (layout.width <= size.width && layout.height <= size.height) return layout;
  }
  return fitted(SMALLEST);
}

/** Lines of pictures for each row, its label before them. */
export function drawPictures(
  context: Drawing,
  { rows }: PictureStrip,
  { cell, across, width, height }: StripLayout,
  token: ReadToken,
): void {
  context.clearRect(0, 0, width, height);
  context.font = `12px ${token('--font-text')}`;
  context.textBaseline = 'middle';
  context.fillStyle = token('--text');
  context.strokeStyle = token('--hairline-strong');
  context.lineWidth = 1;
  context.imageSmoothingEnabled = false;
  let top = MARGIN;
  for (const row of rows) {
    context.fillText(row.label, MARGIN, top + (cell - GAP) / 2, LABELS - GAP);
    const [rowHeight, rowWidth] = row.shape;
    const picture = document.createElement('canvas');
    picture.width = rowWidth;
    picture.height = rowHeight;
    const pixels = picture.getContext('2d');
    for (let index = 0; index < row.count; index++) {
      const image = new ImageData(pictureBytes(row, index), rowWidth, rowHeight);
      pixels?.putImageData(image, 0, 0);
      const left = MARGIN + LABELS + (index % across) * cell;
      const line = top + Math.floor(index / across) * cell;
      context.drawImage(picture, left, line, cell - GAP, cell - GAP);
      // White would not be told from the page, or black where that is dark.
      context.strokeRect(left - 0.5, line - 0.5, cell - GAP + 1, cell - GAP + 1);
    }
    top += Math.ceil(row.count / across) * cell;
  }
}
