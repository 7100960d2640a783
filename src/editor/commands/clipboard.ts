import { duplicate, topLeft, type PasteEdit } from '../../document/commands/clipboardCommands';
import type { Edit } from '../../document/commands/edit';
import { setGroup } from '../../document/commands/groupCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import {
  copyFragment,
  nodesWithGroups,
  selectFragment,
  type Fragment,
} from '../../document/fragment';
import { groupsWithin, hiddenBy, nodesWithin } from '../../document/groupTree';
import type { BasinDocument, Position } from '../../document/schema';
import type { Views } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf, type Selection } from '../store/selection';
import { combineEdits } from './combineEdits';
import { copyText } from './copyText';
import { findRoom } from './findRoom';
import { drawnBoxes, groupAt, innermostAround, openFrames } from './membership';

/** What was copied last, for browsers and pages that may not read the clipboard. */
let lastCopied = '';

function chosen(store: EditorStore): string[] {
  const { nodes, groups } = store.getState().selection;
  return [...nodes, ...groups];
}

/** The selected nodes as JSON text, or null when nothing is selected. */
export function copySelection(store: EditorStore): string | null {
  const ids = chosen(store);
  if (ids.length === 0) return null;
  lastCopied = copyFragment(store.getState().document, ids);
  return lastCopied;
}

export function cutSelection(store: EditorStore): string | null {
  const text = copySelection(store);
  if (text === null) return null;
  const { document, selection } = store.getState();
  // What a group has taken along is gone with it: deleting a group alone would leave its nodes.
  const edges = [...selection.edges];
  const groups = groupsWithin(document, selection.groups);
  const nodes = nodesWithGroups(document, chosen(store));
  store.edit({ ...removeSelection({ nodes, edges, groups }), label: 'Cut' });
  return text;
}

/** Of a collapsed group all that is in it goes; of an open one the frame alone. */
export function deleteSelection(store: EditorStore): void {
  const { document, selection } = store.getState();
  const boxes = document.groups
    .filter(({ id, collapsed }) => collapsed === true && selection.groups.has(id))
    .map(({ id }) => id);
  const nodes = new Set([...selection.nodes, ...nodesWithin(document, boxes)]);
  const groups = new Set([...selection.groups, ...groupsWithin(document, boxes)]);
  store.edit(
    removeSelection({ nodes: [...nodes], edges: [...selection.edges], groups: [...groups] }),
  );
}

/** Puts what came from elsewhere and is in no group of its own into the group whose frame is at a place. */
export function homeOfCopy(
  document: BasinDocument,
  fragment: Fragment,
  { nodeIds, groupIds }: Pick<PasteEdit, 'nodeIds' | 'groupIds'>,
  at: Position,
): Edit | null {
  const home = groupAt(document, at);
  if (home === undefined) return null;
  const isLoose =
    (items: readonly { readonly group?: string | undefined }[]) => (_: string, index: number) =>
      items[index]?.group === undefined;
  return setGroup(
    [...nodeIds.filter(isLoose(fragment.nodes)), ...groupIds.filter(isLoose(fragment.groups))],
    home,
  );
}

/** What came with a copy, as far as it is drawn: a collapsed group stands for what is in it. */
export function selectionOfCopy(
  fragment: Fragment,
  { nodeIds, groupIds }: Pick<PasteEdit, 'nodeIds' | 'groupIds'>,
): Selection {
  const hidden = hiddenBy(fragment);
  const isDrawn = (items: readonly { readonly id: string }[]) => (_: string, index: number) =>
    !hidden.has(items[index]?.id ?? '');
  return selectionOf({
    nodes: nodeIds.filter(isDrawn(fragment.nodes)),
    groups: groupIds.filter(isDrawn(fragment.groups)),
  });
}

/**
 * Copies what is selected: nodes close beside the originals, groups where there is room for them. With `offset` all of it
 * comes that far from the originals.
 */
export function duplicateSelection(store: EditorStore, views: Views, offset?: Position): void {
  const ids = chosen(store);
  if (ids.length === 0) return;
  const { document } = store.getState();
  const fragment = selectFragment(document, ids);
  const edit = duplicate(document, ids, placeOfCopy(document, fragment, views, offset));
  const homes = homesOfCopies(document, fragment, edit, views);
  store.edit(combineEdits(edit.label, edit, ...homes), selectionOfCopy(fragment, edit));
}

/** A copy of a node alone belongs to the frame that it lies in; of one in a box, to the group of its original. */
function homesOfCopies(
  document: BasinDocument,
  fragment: Fragment,
  { nodes, nodeIds }: PasteEdit,
  views: Views,
): Edit[] {
  const frames = openFrames(document, views);
  const originals = new Map(document.nodes.map((node) => [node.id, node]));
  return fragment.nodes.flatMap(({ id, group }, index): Edit[] => {
    const [copy, copyId] = [nodes[index], nodeIds[index]];
    const geometry = views.nodes.get(id)?.geometry;
    if (group !== undefined || !copy || copyId === undefined || !geometry) return [];
    const { x, y } = copy.position;
    const centre = { x: x + geometry.width / 2, y: y + geometry.height / 2 };
    const home = views.hidden.has(id)
      ? originals.get(id)?.group
      : innermostAround(frames, centre)?.id;
    return home === undefined ? [] : [setGroup([copyId], home)];
  });
}

function placeOfCopy(
  document: BasinDocument,
  fragment: Fragment,
  views: Views,
  offset: Position | undefined,
): Position | undefined {
  const corner = topLeft(fragment);
  if (offset) return { x: corner.x + offset.x, y: corner.y + offset.y };
  if (fragment.groups.length === 0) return undefined;
  const copied = new Set([...fragment.nodes, ...fragment.groups].map(({ id }) => id));
  const boxes = drawnBoxes(document, views);
  const own = boxes.filter(({ id }) => copied.has(id));
  if (own.length === 0) return undefined;
  const right = Math.max(...own.map(({ x, width }) => x + width));
  const bottom = Math.max(...own.map(({ y, height }) => y + height));
  const left = Math.min(...own.map(({ x }) => x));
  const top = Math.min(...own.map(({ y }) => y));
  const place = findRoom(boxes, { width: right - left, height: bottom - top }, { x: left, y: top });
  return { x: corner.x + place.x - left, y: corner.y + place.y - top };
}

/** For menus, where no clipboard event is at hand. */
export async function writeClipboard(text: string | null): Promise<void> {
  // Where it is not allowed, `lastCopied` serves pastes within this page.
  if (text !== null) await copyText(text);
}

export async function readClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return lastCopied;
  }
}
