import { useLayoutEffect, useRef } from 'react';
import type { SampleColumn } from '../../probing/embedding/embeddingFrame';
import { useThemeColours } from '../charts/themeColours';
import { pictureBytes } from '../landscape/drawPictures';
import { preparedCanvas } from '../landscape/preparedCanvas';

/** One step of a sample. */
export interface SampleStep {
  readonly sample: number;
  /** Which step, where the column has time. */
  readonly time: number;
}

interface SamplePicturesProps {
  readonly column: SampleColumn & { readonly picture: NonNullable<SampleColumn['picture']> };
  readonly steps: readonly SampleStep[];
  /** Side of a picture, in pixels. */
  readonly side: number;
  readonly across: number;
  readonly label: string;
}

const GAP = 2;

/** Pictures of samples, on one canvas. */
export function SamplePictures({ column, steps, side, across, label }: SamplePicturesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const token = useThemeColours();
  const columns = Math.max(1, Math.min(across, steps.length));
  const width = columns * (side + GAP);
  const height = Math.ceil(steps.length / columns) * (side + GAP);
  useLayoutEffect(() => {
    const context = canvas.current && preparedCanvas(canvas.current, { width, height });
    if (!context) return;
    const [rows, cells] = column.picture;
    const small = document.createElement('canvas');
    small.width = cells;
    small.height = rows;
    const pixels = small.getContext('2d');
    context.imageSmoothingEnabled = false;
    context.strokeStyle = token('--hairline-strong');
    steps.forEach((step, index) => {
      pixels?.putImageData(new ImageData(bytesOf(column, step), cells, rows), 0, 0);
      const left = (index % columns) * (side + GAP) + 0.5;
      const top = Math.floor(index / columns) * (side + GAP) + 0.5;
      context.drawImage(small, left, top, side, side);
      context.strokeRect(left, top, side, side);
    });
  }, [column, steps, side, columns, width, height, token]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

/** Units that are −1 and 1 are as black and white as those that are 0 and 1. */
function bytesOf(
  { picture, values, size, time: steps, name }: SamplePicturesProps['column'],
  { sample, time }: SampleStep,
): Uint8ClampedArray<ArrayBuffer> {
  const numbers = size / (steps ?? 1);
  const start = sample * size + (steps === null ? 0 : Math.min(time, steps - 1) * numbers);
  const own = values.subarray(start, start + numbers);
  const limits = [own.includes(-1) ? -1 : 0, 1] as const;
  const row = { key: name, label: name, shape: picture, count: 1, values: own, limits };
  return pictureBytes(row, 0);
}

export function isPicture(column: SampleColumn): column is SamplePicturesProps['column'] {
  return column.picture !== null;
}
