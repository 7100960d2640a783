import { useLayoutEffect, useRef } from 'react';
import { useThemeColours } from './themeColours';
import { pictureBytes } from '../../editor/pictures/pictureBytes';
import { paintCanvas } from '../landscape/preparedCanvas';

interface PictureGridProps {
  readonly shape: readonly [number, number, number];
  /** `count × height × width × channels`. */
  readonly values: Float32Array;
  /** What is black and what is white; null: each picture has a scale of its own, 0 in the middle. */
  readonly limits: readonly [number, number] | null;
  /** Side of a picture, in pixels. */
  readonly side: number;
  readonly across: number;
  readonly label: string;
}

const GAP = 3;

/** Pictures of one shape, on one canvas. */
export function PictureGrid({ shape, values, limits, side, across, label }: PictureGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const token = useThemeColours();
  const count = values.length / (shape[0] * shape[1] * shape[2]);
  const columns = Math.max(1, Math.min(across, count));
  const width = columns * (side + GAP);
  const height = Math.ceil(count / columns) * (side + GAP);
  useLayoutEffect(() => {
    paintCanvas(canvas.current, { width, height }, (drawing) => {
      const [rows, cells] = shape;
      const small = document.createElement('canvas');
      small.width = cells;
      small.height = rows;
      const pixels = small.getContext('2d');
      drawing.imageSmoothingEnabled = false;
      drawing.strokeStyle = token('--hairline-strong');
      for (let index = 0; index < count; index++) {
        const bytes = pictureBytes({ shape, values, limits }, index);
        pixels?.putImageData(new ImageData(bytes, cells, rows), 0, 0);
        const left = (index % columns) * (side + GAP) + 0.5;
        const top = Math.floor(index / columns) * (side + GAP) + 0.5;
        drawing.drawImage(small, left, top, side, side);
        drawing.strokeRect(left, top, side, side);
      }
    });
  }, [shape, values, limits, side, columns, count, width, height, label, token]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
