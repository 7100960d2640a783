import type { Edit } from '../../document/commands/edit';
import { setGroup } from '../../document/commands/groupCommands';
import { enclosingGroups, hiddenBy } from '../../document/groupTree';
import type { BasinDocument, DocumentGroup, Position, Size } from '../../document/schema';
import { boxGeometry } from '../model/boxGeometry';
import type { Views } from '../model/buildViews';
import type { Selection } from '../store/selection';
import type { Box } from './findRoom';

export interface Frame {
  readonly position: Position;
  readonly size: Size;
}

/** Around the nodes of a group: room at the sides, and for the label above. */
export const FRAME_PADDING = { side: 24, top: 40, bottom: 24 } as const;

/** The frame around nodes and groups at these places; null when none of them is drawn. `sizes`: of open groups. */
export function frameAround(
  ids: readonly string[],
  places: Readonly<Record<string, Position>>,
  views: Views,
  sizes: Readonly<Record<string, Size>> = {},
): Frame | null {
  const boxes = ids.flatMap((id) => {
    const position = places[id];
    const box = views.boxes.get(id);
    const size = box ? boxGeometry(box) : (views.nodes.get(id)?.geometry ?? sizes[id]);
    return position && size ? [{ ...position, width: size.width, height: size.height }] : [];
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
 * What a group takes along where it goes: all nodes and groups within it, apart from those that are selected and drawn,
 * which the drag moves by themselves, with what is in them.
 */
export function carriedBy(
  groupId: string,
  document: BasinDocument,
  selection: Selection,
  { hidden }: Pick<Views, 'hidden'>,
): { id: string; position: Position }[] {
  const isOwn = (id: string): boolean =>
    !hidden.has(id) && (selection.nodes.has(id) || selection.groups.has(id));
  return [...document.nodes, ...document.groups].filter(({ id, group }) => {
    const around = enclosingGroups(document, group);
    const depth = around.indexOf(groupId);
    return depth >= 0 && ![id, ...around.slice(0, depth)].some(isOwn);
  });
}

/**
 * Nodes and groups that were dropped into a frame join its group; dropped outside of theirs they leave it. What moved
 * along with the frame around it stays. Collapsed groups take nothing in.
 */
export function regroupMoved(
  document: BasinDocument,
  places: Readonly<Record<string, Position>>,
  views: Views,
): Edit[] {
  const frames = openFrames(document, views).map((frame) => ({
    ...frame,
    position: places[frame.id] ?? frame.position,
  }));
  const edits: Edit[] = [];
  const settle = (item: Home, size: Size | undefined, fitting: readonly FrameOf[]): void => {
    const position = places[item.id];
    if (!position || !size) return;
    if (item.group !== undefined && places[item.group] !== undefined) return;
    const centre = { x: position.x + size.width / 2, y: position.y + size.height / 2 };
    const home = innermostAround(fitting, centre);
    if (home?.id !== item.group) edits.push(setGroup([item.id], home?.id ?? null));
  };
  for (const node of document.nodes) settle(node, views.nodes.get(node.id)?.geometry, frames);
  for (const group of document.groups) {
    const box = views.boxes.get(group.id);
    const size = box ? boxGeometry(box) : group.size;
    const around = frames.filter(
      (frame) =>
        area(frame.size) > area(size) && !enclosingGroups(document, frame.id).includes(group.id),
    );
    settle(group, size, around);
  }
  return edits;
}

type Home = Pick<DocumentGroup, 'id' | 'group'>;
type FrameOf = Frame & { readonly id: string };

/** The groups that are drawn as frames. */
export function openFrames(
  { groups }: BasinDocument,
  { hidden, boxes }: Pick<Views, 'hidden' | 'boxes'>,
): readonly DocumentGroup[] {
  return groups.filter(({ id }) => !hidden.has(id) && !boxes.has(id));
}

/** Everything on the canvas by its id, as it is drawn: nodes, boxes and frames. */
export function drawnBoxes(document: BasinDocument, views: Views): (Box & { id: string })[] {
  const nodes = document.nodes.flatMap(({ id, position }) => {
    const geometry = views.hidden.has(id) ? undefined : views.nodes.get(id)?.geometry;
    return geometry ? [{ id, ...position, width: geometry.width, height: geometry.height }] : [];
  });
  const groups = document.groups.flatMap(({ id, position, size }) => {
    if (views.hidden.has(id)) return [];
    const box = views.boxes.get(id);
    const { width, height } = box ? boxGeometry(box) : size;
    return [{ id, ...position, width, height }];
  });
  return [...nodes, ...groups];
}

function area({ width, height }: Size): number {
  return width * height;
}

/** The smallest of the frames that a point is in. */
export function innermostAround<F extends Frame>(
  frames: readonly F[],
  point: Position,
): F | undefined {
  return frames
    .filter((frame) => contains(frame, point))
    .sort((a, b) => area(a.size) - area(b.size))[0];
}

/** The group that what is added at a point belongs to: the innermost frame there. Collapsed groups take nothing in. */
export function groupAt(document: BasinDocument, point: Position): string | undefined {
  const hidden = hiddenBy(document);
  const frames = document.groups.filter(
    ({ id, collapsed }) => collapsed !== true && !hidden.has(id),
  );
  return innermostAround(frames, point)?.id;
}

function contains({ position, size }: Frame, point: Position): boolean {
  return (
    point.x >= position.x &&
    point.x <= position.x + size.width &&
    point.y >= position.y &&
    point.y <= position.y + size.height
  );
}
