import { groupsWithin, nodesWithin } from '../../document/groupTree';
import type { BasinDocument, DocumentGroup, Position, Size } from '../../document/schema';
import { boxGeometry } from '../model/boxGeometry';
import type { Views } from '../model/buildViews';
import type { Box } from './findRoom';
import { FRAME_PADDING } from './membership';

/** Between a group that was opened and what had to move for it. */
const MARGIN = 32;

type Placed = Pick<DocumentGroup, 'id' | 'position' | 'group'> & { readonly size?: Size };

interface Room {
  readonly positions: Readonly<Record<string, Position>>;
  readonly sizes: Readonly<Record<string, Size>>;
}

/**
 * Where everything goes when collapsed groups are opened: a frame is larger than its box, so what is to the right of the
 * box moves right and what is below it down, as far as the frame would lie on some of it. A group around grows, and makes
 * room in its turn. Where there is room nothing moves.
 */
export function roomFor(document: BasinDocument, views: Views, ids: readonly string[]): Room {
  const positions = new Map<string, Position>();
  const sizes = new Map<string, Size>();
  const open = new Set<string>();
  const placeOf = (item: Placed): Position => positions.get(item.id) ?? item.position;

  /** As it is drawn, with the groups that were opened so far. */
  const boxOf = (item: Placed): Box => {
    const box = open.has(item.id) ? undefined : views.boxes.get(item.id);
    const size = box
      ? boxGeometry(box)
      : (views.nodes.get(item.id)?.geometry ?? sizes.get(item.id) ?? item.size);
    return { ...placeOf(item), width: size?.width ?? 0, height: size?.height ?? 0 };
  };

  const move = (item: Placed, dx: number, dy: number): void => {
    const groups = new Set(groupsWithin(document, [item.id]));
    const nodes = new Set(nodesWithin(document, [item.id]));
    for (const one of [...document.groups, ...document.nodes]) {
      if (one.id !== item.id && !groups.has(one.id) && !nodes.has(one.id)) continue;
      const { x, y } = placeOf(one);
      positions.set(one.id, { x: x + dx, y: y + dy });
    }
  };

  /** Something at home in `home` took the place of `before`, and now takes `now`. */
  const grow = (id: string, home: string | undefined, before: Box, now: Box): void => {
    const beside = [...document.nodes, ...document.groups].filter(
      (item) => item.group === home && item.id !== id,
    );
    const right = beside.filter((item) => boxOf(item).x >= before.x + before.width);
    const below = beside.filter(
      (item) => !right.includes(item) && boxOf(item).y >= before.y + before.height,
    );
    const dx = Math.max(
      0,
      ...right.filter(isHit).map((item) => now.x + now.width + MARGIN - boxOf(item).x),
    );
    for (const item of right) if (dx > 0) move(item, dx, 0);
    const dy = Math.max(
      0,
      ...below.filter(isHit).map((item) => now.y + now.height + MARGIN - boxOf(item).y),
    );
    for (const item of below) if (dy > 0) move(item, 0, dy);
    const around = document.groups.find((group) => group.id === home);
    if (around === undefined) return;
    const frame = boxOf(around);
    const members = [now, ...beside.map(boxOf)];
    const width = Math.max(
      frame.width,
      ...members.map((m) => m.x + m.width + FRAME_PADDING.side - frame.x),
    );
    const height = Math.max(
      frame.height,
      ...members.map((m) => m.y + m.height + FRAME_PADDING.bottom - frame.y),
    );
    if (width === frame.width && height === frame.height) return;
    sizes.set(around.id, { width, height });
    grow(around.id, around.group, frame, { ...frame, width, height });

    function isHit(item: Placed): boolean {
      const box = boxOf(item);
      return (
        box.x < now.x + now.width + MARGIN &&
        box.x + box.width + MARGIN > now.x &&
        box.y < now.y + now.height + MARGIN &&
        box.y + box.height + MARGIN > now.y
      );
    }
  };

  for (const group of document.groups) {
    if (!ids.includes(group.id) || !views.boxes.has(group.id)) continue;
    const before = boxOf(group);
    open.add(group.id);
    grow(group.id, group.group, before, boxOf(group));
  }
  return { positions: Object.fromEntries(positions), sizes: Object.fromEntries(sizes) };
}
