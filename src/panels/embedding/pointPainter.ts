import type { Size } from './camera';
import { flatPainter } from './flatPainter';
import { gpuPainter } from './gpuPainter';
import type { PointPainter } from './pointScene';

/** On the GPU, or where there is no WebGL on the processor. */
export function pointPainter(canvas: HTMLCanvasElement): PointPainter | null {
  return gpuPainter(canvas) ?? flatPainter(canvas);
}

/** Points are smaller where there are more of them. */
export function pointSizeFor(count: number, { width, height }: Size, zoom: number): number {
  const even = Math.sqrt((width * height) / Math.max(1, count));
  return Math.min(16, Math.max(5, 0.4 * even) * Math.min(2, Math.max(1, zoom ** 0.25)));
}
