import { setPainter, type Painter } from '../../editor/figure/drawing';

/** The canvas at a size in CSS pixels, cleared, with a context that draws in them. */
export function preparedCanvas(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

/** Draws on a canvas of a size in CSS pixels, and tells how, for figures. */
export function paintCanvas(
  canvas: HTMLCanvasElement | null,
  size: { readonly width: number; readonly height: number },
  painter: Painter,
): void {
  const context = canvas && preparedCanvas(canvas, size);
  if (!context) return;
  painter(context);
  setPainter(canvas, painter);
}
