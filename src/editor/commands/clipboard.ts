import { duplicate, paste } from '../../document/commands/clipboardCommands';
import { removeSelection } from '../../document/commands/selectionCommands';
import { copyFragment, nodesWithGroups, readFragment } from '../../document/fragment';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import type { Point } from '../store/uiStore';

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
  const groups = [...selection.groups];
  const nodes = nodesWithGroups(document, chosen(store));
  store.edit({ ...removeSelection({ nodes, edges, groups }), label: 'Cut' });
  return text;
}

export function deleteSelection(store: EditorStore): void {
  const { nodes, edges, groups } = store.getState().selection;
  store.edit(removeSelection({ nodes: [...nodes], edges: [...edges], groups: [...groups] }));
}

/** Adds what the text holds with its top left corner at a place on the canvas, and selects it. */
export function pasteText(store: EditorStore, text: string, at: Point): void {
  const read = readFragment(text);
  if (read.diagnostics.length > 0) store.reportFault(...read.diagnostics);
  if (!read.ok) return;
  const edit = paste(store.getState().document, read.value, {
    x: Math.round(at.x),
    y: Math.round(at.y),
  });
  store.edit(edit, selectionOf({ nodes: edit.nodeIds, groups: edit.groupIds }));
}

export function duplicateSelection(store: EditorStore): void {
  const ids = chosen(store);
  if (ids.length === 0) return;
  const edit = duplicate(store.getState().document, ids);
  store.edit(edit, selectionOf({ nodes: edit.nodeIds, groups: edit.groupIds }));
}

/** For menus, where no clipboard event is at hand. */
export async function writeClipboard(text: string | null): Promise<void> {
  if (text === null) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not allowed here: `lastCopied` serves pastes within this page.
  }
}

export async function readClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return lastCopied;
  }
}
