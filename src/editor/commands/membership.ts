import type { Edit } from '../../document/commands/edit';
import { setGroup } from '../../document/commands/groupCommands';
import type { BasinDocument, Position, Size } from '../../document/schema';
import type { Views } from '../model/buildViews';

export interface Frame {
  readonly position: Position;
  readonly size: Size;
}

/** Around the nodes of a group: room at the sides, and for the label above. */
export const FRAME_PADDING = { side: 24, top: 40, bottom: 24 } as const;

/** The frame around nodes at these places; null when none of them is drawn. */
export function frameAround(
  nodeIds: readonly string[],
  places: Readonly<Record<string, Position>>,
  views: Views,
): Frame | null {
  const boxes = nodeIds.flatMap((id) => {
    const position = places[id];
    const geometry = views.nodes.get(id)?.geometry;
    return position && geometry ? [{ ...position, ...geometry }] : [];
  });
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(({ x }) => x)) - FRAME_PADDING.side;
  const top = Math.min(...boxes.map(({ y }) => y)) - FRAME_PADDING.top;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + FRAME_PADDING.side;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + FRAME_PADDING.bottom;
  return {
    position: { x: left, y: top },
    size: { width: right - left, height: bottom - top },
  };
}

/**
 * Nodes that were dropped into a frame join its group; nodes dropped outside of theirs leave it. Nodes whose own frame
 * moved along stay.
 */
export function regroupMoved(
  document: BasinDocument,
  places: Readonly<Record<string, Position>>,
  views: Views,
): Edit[] {
  const edits: Edit[] = [];
  for (const node of document.nodes) {
    const position = places[node.id];
    const geometry = views.nodes.get(node.id)?.geometry;
    if (!position || !geometry) continue;
    if (node.group !== undefined && places[node.group] !== undefined) continue;
    const centre = { x: position.x + geometry.width / 2, y: position.y + geometry.height / 2 };
    const groups = document.groups.map((group) => ({
      ...group,
      position: places[group.id] ?? group.position,
    }));
    const home = innermostAround(groups, centre);
    if (home?.id !== node.group) edits.push(setGroup([node.id], home?.id ?? null));
  }
  return edits;
}

/** The smallest of the frames that a point is in. */
export function innermostAround<F extends Frame>(
  frames: readonly F[],
  point: Position,
): F | undefined {
  return frames
    .filter((frame) => contains(frame, point))
    .sort((a, b) => a.size.width * a.size.height - b.size.width * b.size.height)[0];
}

function contains({ position, size }: Frame, point: Position): boolean {
  return (
    point.x >= position.x &&
    point.x <= position.x + size.width &&
    point.y >= position.y &&
    point.y <= position.y + size.height
  );
}
