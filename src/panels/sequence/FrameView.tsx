import { useLayoutEffect, useRef } from 'react';
import { useThemeColours } from '../charts/themeColours';
import { pictureBytes } from '../../editor/pictures/pictureBytes';
import { paintCanvas } from '../landscape/preparedCanvas';
import { useBoxSize } from '../landscape/useBoxSize';
import { drawPlaces, type DrawnPath } from './drawPlaces';
import styles from './Sequence.module.css';

interface FrameViewProps {
  readonly shape: readonly [number, number, number];
  /** Of the one picture. */
  readonly values: Float32Array;
  readonly paths: readonly DrawnPath[];
  readonly label: string;
}

/** One picture as large as its box allows, with paths over it. */
export function FrameView({ shape, values, paths, label }: FrameViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const token = useThemeColours();
  const [rows, cells] = shape;
  const scale = Math.min(size.width / cells, size.height / rows);
  useLayoutEffect(() => {
    if (scale <= 0) return;
    const [width, height] = [cells * scale, rows * scale];
    const small = document.createElement('canvas');
    small.width = cells;
    small.height = rows;
    const picture = { shape, values, limits: [0, 1] as const };
    small
      .getContext('2d')
      ?.putImageData(new ImageData(pictureBytes(picture, 0), cells, rows), 0, 0);
    paintCanvas(canvas.current, { width, height }, (drawing) => {
      drawing.imageSmoothingEnabled = false;
      drawing.drawImage(small, 0, 0, width, height);
      drawPlaces(drawing, paths, shape, scale, token);
    });
  }, [shape, rows, cells, values, paths, label, scale, token]);
  return (
    <div ref={box} className={styles.frame}>
      <canvas ref={canvas} role="img" aria-label={label} data-testid="sequence-frame" />
    </div>
  );
}
