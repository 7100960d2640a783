import type { Drawing } from '../../editor/figure/drawing';
import { preparedCanvas } from '../landscape/preparedCanvas';
import { projectAll } from './camera';
import type { PointPainter, PointScene, PointView } from './pointScene';

/** Without a GPU. */
export function flatPainter(canvas: HTMLCanvasElement): PointPainter | null {
  if (!canvas.getContext('2d')) return null;
  let scene: PointScene | null = null;
  return {
    kind: '2d',
    setScene: (next) => {
      scene = next;
    },
    draw: ({ size, projection, pointSize }) => {
      const context = preparedCanvas(canvas, size);
      if (context && scene) drawPoints(context, scene, { size, projection, pointSize });
    },
    dispose: () => undefined,
  };
}

/** One point after the other, those at the back first. */
export function drawPoints(
  drawing: Drawing,
  { count, places, looks, marks, hasMarks, isSpace }: PointScene,
  { projection, pointSize }: PointView,
): void {
  const seen = projectAll(places, projection);
  const order = Array.from({ length: count }, (_, point) => point);
  if (isSpace) order.sort((a, b) => (seen[3 * a + 2] ?? 0) - (seen[3 * b + 2] ?? 0));
  for (const point of order) {
    const [x = 0, y = 0, depth = 0] = seen.subarray(3 * point, 3 * point + 3);
    const [red = 0, green = 0, blue = 0, shape = 0] = looks.subarray(4 * point, 4 * point + 4);
    const isMarked = marks[point] === 1;
    drawing.globalAlpha = hasMarks && !isMarked ? 0.16 : 0.92;
    drawing.fillStyle = `rgb(${red} ${green} ${blue})`;
    const side = pointSize * (isMarked ? 1.35 : 1) * (isSpace ? 1 + 0.3 * depth : 1);
    drawing.beginPath();
    tracePoint(drawing, shape, x, y, side / 2);
    drawing.fill();
  }
  drawing.globalAlpha = 1;
}

/** The outline of a shape within the square of so many pixels to each side. */
export function tracePoint(
  context: Drawing,
  shape: number,
  x: number,
  y: number,
  radius: number,
): void {
  const corners = (points: readonly (readonly [number, number])[]): void => {
    points.forEach(([dx, dy], index) => {
      if (index === 0) context.moveTo(x + dx * radius, y + dy * radius);
      else context.lineTo(x + dx * radius, y + dy * radius);
    });
    context.closePath();
  };
  switch (shape) {
    case 1:
      return context.rect(x - 0.7 * radius, y - 0.7 * radius, 1.4 * radius, 1.4 * radius);
    case 2:
      return corners([
        [0, -1.04],
        [0.9, 0.52],
        [-0.9, 0.52],
      ]);
    case 3:
      return corners([
        [0, -0.96],
        [0.96, 0],
        [0, 0.96],
        [-0.96, 0],
      ]);
    case 4:
      context.rect(x - 0.9 * radius, y - 0.3 * radius, 1.8 * radius, 0.6 * radius);
      return context.rect(x - 0.3 * radius, y - 0.9 * radius, 0.6 * radius, 1.8 * radius);
    default:
      context.moveTo(x + 0.8 * radius, y);
      return context.arc(x, y, 0.8 * radius, 0, 2 * Math.PI);
  }
}
