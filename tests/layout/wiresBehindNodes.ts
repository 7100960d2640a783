import type { BasinDocument } from '../../src/document/schema';
import { drawnBoxes } from '../../src/editor/commands/membership';
import { wirePath } from '../../src/editor/canvas/edge/edgePath';
import type { Views } from '../../src/editor/model/buildViews';
import { drawnWires } from '../../src/editor/model/wires';
import type { Wire } from '../../src/editor/model/wires';

/** Points along a wire: the path that is drawn, taken apart again into its cubic pieces. */
function pointsOf(wire: Wire): { x: number; y: number }[] {
  const [path] = wirePath(wire);
  const numbers = (path.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  return Array.from({ length: (xs.length - 1) / 3 }, (_, piece) =>
    Array.from({ length: 101 }, (_, index) => {
      const t = index / 100;
      const s = 1 - t;
      const weights = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
      const mix = (values: readonly number[]): number =>
        weights.reduce((sum, weight, at) => sum + weight * (values[3 * piece + at] ?? NaN), 0);
      return { x: mix(xs), y: mix(ys) };
    }),
  ).flat();
}

/**
 * Pairs `edge behind node` of a document as it lies, frames of groups left out. Shared weights lead down a column, behind the
 * modules between the first and the last that share them; they do not count.
 */
export function wiresBehindNodes(document: BasinDocument, views: Views): string[] {
  const frames = new Set(document.groups.map(({ id }) => id).filter((id) => !views.boxes.has(id)));
  const boxes = drawnBoxes(document, views).filter(({ id }) => !frames.has(id));
  const sideways = drawnWires(document, views).filter(({ to }) => to.side !== 'top');
  return sideways.flatMap((wire) => {
    const points = pointsOf(wire);
    return boxes
      .filter(
        ({ id, x, y, width, height }) =>
          id !== wire.from.item &&
          id !== wire.to.item &&
          points.some(
            (point) => point.x > x && point.x < x + width && point.y > y && point.y < y + height,
          ),
      )
      .map(({ id }) => `${wire.id} behind ${id}`);
  });
}

/** Pairs of nodes that lie on each other, as drawn, frames left out. */
export function overlaps(document: BasinDocument, views: Views): string[] {
  const frames = new Set(document.groups.map(({ id }) => id).filter((id) => !views.boxes.has(id)));
  const boxes = drawnBoxes(document, views).filter(({ id }) => !frames.has(id));
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} on ${b.id}`),
  );
}
