import { sameJson } from '../canonical';
import { withinCanvas } from '../withinCanvas';
import type { BasinDocument, DocumentEdge, DocumentNode, Position, Size } from '../schema';
import { commonShift, shiftBends } from './bends';
import type { Edit } from './edit';
import { beforeRecipe } from './itemIndex';

/** Top left corners by node or group id. */
export type Positions = Readonly<Record<string, Position>>;

/**
 * Puts nodes and group frames elsewhere. Positions are absolute: to move a group, give its nodes' positions too.
 * The moves of one `gesture` merge; arrow keys pass a gesture of their own.
 */
export function moveNodes(positions: Positions, gesture = 'drag'): Edit {
  const moved = Object.keys(positions).sort().join(' ');
  return {
    label: 'Move',
    mergeKey: `move ${gesture} ${moved}`,
    recipe: (draft) => {
      placeItems(draft, positions);
    },
  };
}

type Placed = Pick<DocumentNode, 'id' | 'position'>;
type Sized = Pick<DocumentNode, 'id' | 'size'>;

/** All positions of an automatic layout, as one step. Bends were made for the old places: they go. */
export function applyLayout(
  positions: Positions,
  sizes: Readonly<Record<string, Size>> = {},
): Edit {
  return {
    label: 'Lay out',
    recipe: (draft) => {
      const shifts = placeItems(draft, positions);
      resizeItems(draft, sizes);
      straighten(draft, shifts);
    },
  };
}

/** A new size for a resizable node or a group; `position` too, when a left or top border was dragged. */
export function resizeItem(id: string, size: Size, position?: Position): Edit {
  return {
    label: 'Resize',
    mergeKey: `resize ${id}`,
    recipe: (draft) => {
      if (position) placeItems(draft, { [id]: position });
      resizeItems(draft, { [id]: size });
    },
  };
}

/** Returns how far each item went that is elsewhere now. An edge whose ends go equally far takes its bends along. */
function placeItems(draft: BasinDocument, positions: Positions): ReadonlyMap<string, Position> {
  const shifts = new Map<string, Position>();
  for (const list of [draft.nodes, draft.groups]) {
    for (const [index, { id, position }] of beforeRecipe<Placed>(list).entries()) {
      const wanted = Object.hasOwn(positions, id) ? positions[id] : undefined;
      if (!wanted || !Number.isFinite(wanted.x) || !Number.isFinite(wanted.y)) continue;
      const place = { x: withinCanvas(wanted.x), y: withinCanvas(wanted.y) };
      const item = sameJson(position, place) ? undefined : list[index];
      if (!item) continue;
      shifts.set(id, { x: place.x - position.x, y: place.y - position.y });
      item.position = place;
    }
  }
  for (const [index, edge] of beforeRecipe<DocumentEdge>(draft.edges).entries()) {
    const shift = edge.bends && commonShift(edge, shifts);
    const carried = shift ? draft.edges[index] : undefined;
    if (!shift || !edge.bends || !carried) continue;
    carried.bends = shiftBends(edge.bends, shift);
  }
  return shifts;
}

/** Takes the bends from edges whose ends went different ways. */
function straighten(draft: BasinDocument, shifts: ReadonlyMap<string, Position>): void {
  for (const [index, edge] of beforeRecipe<DocumentEdge>(draft.edges).entries()) {
    const isMoved = shifts.has(edge.source) || shifts.has(edge.target);
    if (!edge.bends || !isMoved || commonShift(edge, shifts)) continue;
    delete draft.edges[index]?.bends;
  }
}

function resizeItems(draft: BasinDocument, sizes: Readonly<Record<string, Size>>): void {
  for (const list of [draft.nodes, draft.groups]) {
    for (const [index, { id, size }] of beforeRecipe<Sized>(list).entries()) {
      const wanted = Object.hasOwn(sizes, id) ? sizes[id] : undefined;
      if (!wanted || !Number.isFinite(wanted.width) || !Number.isFinite(wanted.height)) continue;
      const extent = { width: withinSizes(wanted.width), height: withinSizes(wanted.height) };
      const item = size && sameJson(size, extent) ? undefined : list[index];
      if (item) item.size = extent;
    }
  }
}

function withinSizes(length: number): number {
  return Math.min(1e5, Math.max(1, length));
}
