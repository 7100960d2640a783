import { useLayoutEffect, useRef } from 'react';
import { useThemeColours } from '../charts/themeColours';
import { preparedCanvas } from '../landscape/preparedCanvas';
import styles from './EmbeddingAside.module.css';
import { tracePoint } from './flatPainter';
import { classLook } from './pointScene';

const SIDE = 14;

/** How the points of a class look. */
export function ClassSwatch({ label }: { label: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const token = useThemeColours();
  useLayoutEffect(() => {
    const context = canvas.current && preparedCanvas(canvas.current, { width: SIDE, height: SIDE });
    if (!context) return;
    const { colour, shape } = classLook(label, token);
    context.fillStyle = `rgb(${colour.join(' ')})`;
    context.beginPath();
    tracePoint(context, shape, SIDE / 2, SIDE / 2, SIDE / 2);
    context.fill();
  }, [label, token]);
  return <canvas ref={canvas} className={styles.swatch} aria-hidden />;
}
