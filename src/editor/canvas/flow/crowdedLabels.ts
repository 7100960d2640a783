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

/** Of a cell of the index: about a node. */
const CELL = 160;
const MOST_CELLS = 256;

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
  const taken = new BoxIndex();
  for (const box of drawnBoxes(document, views)) if (!frames.has(box.id)) taken.add(box);
  const crowded = new Set<string>();
  for (const wire of drawnWires(document, views)) {
    if (wire.shape === null) continue;
    const label = labelOf(wire, wire.shape);
    if (label === null || taken.isUnder(label)) crowded.add(wire.id);
    else taken.add(label);
  }
  return crowded;
}

/** Boxes by the cells of the plane that they reach into, so that thousands are asked for by what is near. */
class BoxIndex {
  private readonly cells = new Map<string, Box[]>();
  private readonly huge: Box[] = [];

  add(box: Box): void {
    const cells = cellsOf(box);
    if (cells === null) this.huge.push(box);
    for (const cell of cells ?? []) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /** Whether one of them overlaps a label. */
  isUnder(label: Box): boolean {
    const hits = (other: Box): boolean => overlap(label, other);
    return (
      this.huge.some(hits) ||
      (cellsOf(label) ?? []).some((cell) => this.cells.get(cell)?.some(hits) === true)
    );
  }
}

/** Null where they are too many to be worth it, as of a note that is as large as the canvas. */
function cellsOf({ x, y, width, height }: Box): string[] | null {
  const [left, top] = [Math.floor(x / CELL), Math.floor(y / CELL)];
  const [right, bottom] = [Math.floor((x + width) / CELL), Math.floor((y + height) / CELL)];
  if ((right - left + 1) * (bottom - top + 1) > MOST_CELLS) return null;
  const cells: string[] = [];
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) cells.push(`${column},${row}`);
  }
  return cells;
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
