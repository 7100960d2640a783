import type { BasinDocument } from '../../../document/schema';
import { drawnBoxes } from '../../commands/membership';
import type { Views } from '../../model/buildViews';
import { drawnWires, SHAPE_LETTER } from '../../model/wires';
import type { Wire } from '../../model/wires';
import { wirePath } from '../edge/edgePath';

/** Of a line of small print. */
const LINE = 16;
/** Of the wire, on both sides of its label. */
const ROOM = 8;

const TOUCH = 3;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Edges whose shape would lie on a node, on another shape, or on the ends of its own wire: it is not drawn, and stands in
 * the inspector.
 */
export function crowdedLabels(document: BasinDocument, views: Views): ReadonlySet<string> {
  const frames = new Set(document.groups.map(({ id }) => id).filter((id) => !views.boxes.has(id)));
  const taken: Box[] = drawnBoxes(document, views).filter(({ id }) => !frames.has(id));
  const crowded = new Set<string>();
  for (const wire of drawnWires(document, views)) {
    if (wire.shape === null) continue;
    const label = labelOf(wire, wire.shape);
    if (label === null || taken.some((other) => overlap(label, other))) crowded.add(wire.id);
    else taken.push(label);
  }
  return crowded;
}

/** Where a shape is printed; null where its wire is too short for it. */
function labelOf(wire: Wire, shape: string): Box | null {
  const { from, to } = wire;
  const [, x, y] = wirePath(wire);
  const width = shape.length * SHAPE_LETTER;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < width + 2 * ROOM) return null;
  return { x: x - width / 2, y: y - LINE / 2, width, height: LINE };
}

function overlap(a: Box, b: Box): boolean {
  // To touch is not to overlap.
  const part = (p: number, q: number, r: number, s: number): boolean =>
    p + TOUCH < r + s && r + TOUCH < p + q;
  return part(a.x, a.width, b.x, b.width) && part(a.y, a.height, b.y, b.height);
}
