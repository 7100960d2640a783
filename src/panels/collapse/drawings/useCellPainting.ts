import { useLayoutEffect, useRef, type RefObject } from 'react';
import { useThemeColours, type ReadToken } from '../../charts/themeColours';

/** Paints a grid of cells on a canvas, one pixel a cell, and again when the theme changes. */
export function useCellPainting(
  columns: number,
  rows: number,
  paint: (context: CanvasRenderingContext2D, token: ReadToken) => void,
): RefObject<HTMLCanvasElement | null> {
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
  return canvas;
}
