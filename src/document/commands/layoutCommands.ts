import { withinCanvas } from '../withinCanvas';
import type { BasinDocument, Position, Size } from '../schema';
import type { Edit } from './edit';

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

/** All positions of an automatic layout, as one step. */
export function applyLayout(
  positions: Positions,
  sizes: Readonly<Record<string, Size>> = {},
): Edit {
  return {
    label: 'Lay out',
    recipe: (draft) => {
      placeItems(draft, positions);
      for (const item of [...draft.nodes, ...draft.groups]) resize(item, sizes);
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
      for (const item of [...draft.nodes, ...draft.groups]) resize(item, { [id]: size });
    },
  };
}

function placeItems(draft: BasinDocument, positions: Positions): void {
  for (const { id, position } of [...draft.nodes, ...draft.groups]) {
    const wanted = Object.hasOwn(positions, id) ? positions[id] : undefined;
    if (!wanted || !Number.isFinite(wanted.x) || !Number.isFinite(wanted.y)) continue;
    position.x = withinCanvas(wanted.x);
    position.y = withinCanvas(wanted.y);
  }
}

function resize(item: { id: string; size?: Size }, sizes: Readonly<Record<string, Size>>): void {
  const wanted = Object.hasOwn(sizes, item.id) ? sizes[item.id] : undefined;
  if (!wanted || !Number.isFinite(wanted.width) || !Number.isFinite(wanted.height)) return;
  const width = withinSizes(wanted.width);
  const height = withinSizes(wanted.height);
  if (item.size?.width !== width || item.size.height !== height) item.size = { width, height };
}

function withinSizes(length: number): number {
  return Math.min(1e5, Math.max(1, length));
}
