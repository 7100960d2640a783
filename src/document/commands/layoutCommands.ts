import { sameJson } from '../canonical';
import { withinCanvas } from '../withinCanvas';
import type { BasinDocument, DocumentNode, Position, Size } from '../schema';
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
    recipe: (draft) => placeItems(draft, positions),
  };
}

type Placed = Pick<DocumentNode, 'id' | 'position'>;
type Sized = Pick<DocumentNode, 'id' | 'size'>;

/** All positions of an automatic layout, as one step. */
export function applyLayout(
  positions: Positions,
  sizes: Readonly<Record<string, Size>> = {},
): Edit {
  return {
    label: 'Lay out',
    recipe: (draft) => {
      placeItems(draft, positions);
      resizeItems(draft, sizes);
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

function placeItems(draft: BasinDocument, positions: Positions): void {
  for (const list of [draft.nodes, draft.groups]) {
    for (const [index, { id, position }] of beforeRecipe<Placed>(list).entries()) {
      const wanted = Object.hasOwn(positions, id) ? positions[id] : undefined;
      if (!wanted || !Number.isFinite(wanted.x) || !Number.isFinite(wanted.y)) continue;
      const place = { x: withinCanvas(wanted.x), y: withinCanvas(wanted.y) };
      const item = sameJson(position, place) ? undefined : list[index];
      if (item) item.position = place;
    }
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
