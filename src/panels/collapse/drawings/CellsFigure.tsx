import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useThemeColours, type ReadToken } from '../../charts/themeColours';
import styles from './Drawings.module.css';

interface CellsFigureProps {
  readonly columns: number;
  readonly rows: number;
  readonly size: 'small' | 'large';
  readonly label: string;
  /** Fills the cells, a pixel each. */
  paint(context: CanvasRenderingContext2D, token: ReadToken): void;
  /** What colours or ends stand for, below a large one. */
  readonly children: ReactNode;
}

/** A grid of cells on a canvas, one pixel a cell, painted again when the theme changes. */
export function CellsFigure({ columns, rows, size, label, paint, children }: CellsFigureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const token = useThemeColours();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.globalAlpha = 1;
    context.fillStyle = token('--surface');
    context.fillRect(0, 0, columns, rows);
    paint(context, token);
  });
  return (
    <figure className={styles.pairs}>
      <canvas
        ref={canvas}
        className={styles.cells}
        data-size={size}
        width={columns}
        height={rows}
        role="img"
        aria-label={label}
      />
      {size === 'large' && <figcaption className={styles.range}>{children}</figcaption>}
    </figure>
  );
}
