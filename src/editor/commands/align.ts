import { moveNodes } from '../../document/commands/layoutCommands';
import { groupsWithin, nodesWithin } from '../../document/groupTree';
import type { BasinDocument, Position } from '../../document/schema';
import type { Views } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import type { Selection } from '../store/selection';
import { combineEdits } from './combineEdits';
import type { Box } from './findRoom';
import { drawnBoxes } from './membership';

/** The line that shapes come to have in common. */
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** Side by side, or one below the other. */
export type Direction = 'across' | 'down';

interface Item extends Box {
  readonly id: string;
}

/** Along one axis: where an item begins, and how long it is. */
interface Extent {
  readonly id: string;
  readonly start: number;
  readonly length: number;
}

/** Moves what is selected until the borders or the middles of its shapes are in one line. */
export function alignSelection(store: EditorStore, views: Views, alignment: Alignment): void {
  const isAcross = alignment === 'left' || alignment === 'centre' || alignment === 'right';
  const extents = extentsOf(store, views, isAcross);
  const start = Math.min(...extents.map((one) => one.start));
  const end = Math.max(...extents.map((one) => one.start + one.length));
  // As far from the left or upper border of all as the share says.
  const share = { left: 0, centre: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 }[alignment];
  const shifts = extents.map((one) => ({
    id: one.id,
    by: start + (end - start - one.length) * share - one.start,
  }));
  shiftItems(store, 'Align', shifts, isAcross);
}

/** Makes the gaps between what is selected equal. The outermost stay. */
export function distributeSelection(store: EditorStore, views: Views, direction: Direction): void {
  const extents = extentsOf(store, views, direction === 'across').sort(
    (a, b) => a.start + a.length / 2 - b.start - b.length / 2,
  );
  const [first, last] = [extents[0], extents.at(-1)];
  if (first === undefined || last === undefined || extents.length < 3) return;
  const lengths = extents.reduce((sum, { length }) => sum + length, 0);
  const gap = (last.start + last.length - first.start - lengths) / (extents.length - 1);
  let next = first.start;
  const shifts = extents.map(({ id, start, length }) => {
    const by = next - start;
    next += length + gap;
    return { id, by };
  });
  shiftItems(store, 'Distribute', shifts, direction === 'across');
}

/** How many things an alignment would move: nodes and groups, what is in a selected group counted with it. */
export function alignable({ getState }: Pick<EditorStore, 'getState'>, views: Views): number {
  const { document, selection } = getState();
  return selectedItems(document, selection, views).length;
}

/** Of a node its shape counts: the caption below a circle is not in line with anything. */
function extentsOf({ getState }: EditorStore, views: Views, isAcross: boolean): Extent[] {
  const { document, selection } = getState();
  return selectedItems(document, selection, views).map(({ id, x, y, width, height }) => {
    const shape = views.nodes.get(id)?.geometry.shape ?? { x: 0, y: 0, width, height };
    return isAcross
      ? { id, start: x + shape.x, length: shape.width }
      : { id, start: y + shape.y, length: shape.height };
  });
}

function selectedItems(document: BasinDocument, selection: Selection, views: Views): Item[] {
  const carried = carriedAlong(document, selection.groups);
  return drawnBoxes(document, views).filter(
    ({ id }) => (selection.nodes.has(id) || selection.groups.has(id)) && !carried.has(id),
  );
}

/** What goes where groups go, apart from the groups themselves. */
function carriedAlong(document: BasinDocument, groups: ReadonlySet<string>): ReadonlySet<string> {
  const inner = [...groups].flatMap((id) =>
    groupsWithin(document, [id]).filter((other) => other !== id),
  );
  return new Set([...inner, ...nodesWithin(document, groups)]);
}

function shiftItems(
  store: EditorStore,
  label: string,
  shifts: readonly { readonly id: string; readonly by: number }[],
  isAcross: boolean,
): void {
  const { document } = store.getState();
  const positions: Record<string, Position> = {};
  for (const { id, by } of shifts) {
    const moved = new Set([id, ...carriedAlong(document, new Set([id]))]);
    for (const item of [...document.nodes, ...document.groups]) {
      if (!moved.has(item.id)) continue;
      const { x, y } = item.position;
      positions[item.id] = isAcross ? { x: Math.round(x + by), y } : { x, y: Math.round(y + by) };
    }
  }
  store.edit(combineEdits(label, moveNodes(positions)));
}
