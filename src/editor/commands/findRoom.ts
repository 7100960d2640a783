import type { Position, Size } from '../../document/schema';

/** A node as it is drawn, by its top left corner. */
export interface Box extends Position, Size {}

const STEP = 16;
/** How far from other nodes a new one stays: room for ports and labels of edges. */
const MARGIN = 24;
/** Of the search, in steps to each side. */
const REACH = 60;

/**
 * The place nearest to the wanted one where a box of this size overlaps none of the others; the wanted one where there is
 * none nearby. Up and down is nearer than left and right, which would change the order of columns.
 */
export function findRoom(boxes: readonly Box[], size: Size, wanted: Position): Position {
  const isFree = ({ x, y }: Position): boolean =>
    boxes.every(
      (box) =>
        x >= box.x + box.width + MARGIN ||
        x + size.width + MARGIN <= box.x ||
        y >= box.y + box.height + MARGIN ||
        y + size.height + MARGIN <= box.y,
    );
  const place = STEPS.map(({ x, y }) => ({ x: wanted.x + x, y: wanted.y + y })).find(isFree);
  return place ?? wanted;
}

const range = Array.from({ length: 2 * REACH + 1 }, (_, index) => (index - REACH) * STEP);

const STEPS: readonly Position[] = range
  .flatMap((x) => range.map((y) => ({ x, y })))
  // Of two as near, the lower one: what hangs off a value hangs below it.
  .sort((a, b) => far(a) - far(b) || b.y - a.y);

function far({ x, y }: Position): number {
  return Math.hypot(2 * x, y);
}
