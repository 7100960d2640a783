import { setCollapsed } from '../../document/commands/groupCommands';
import { applyLayout } from '../../document/commands/layoutCommands';
import { enclosingGroups, hiddenBy } from '../../document/groupTree';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { EditorStore } from '../store/editorState';
import { selectionOf } from '../store/selection';
import { combineEdits } from './combineEdits';
import { roomFor } from './roomFor';

/** Draws groups as boxes and selects these: what is inside cannot be pointed at any longer. */
export function collapseGroups(store: EditorStore, ids: readonly string[]): void {
  store.edit(setCollapsed(ids, true), selectionOf({ groups: ids }));
}

/** Draws the frames of groups with what is in them again. What a frame would lie on makes room, in the same step. */
export function openGroups(store: EditorStore, ids: readonly string[]): void {
  const { document } = store.getState();
  const views = buildViews(document, store.registry, store.settle(), NO_VIEWS);
  const { positions, sizes } = roomFor(document, views, ids);
  const opening = setCollapsed(ids, false);
  store.edit(
    combineEdits(opening.label, opening, applyLayout(positions, sizes)),
    selectionOf({ groups: ids }),
  );
}

/**
 * The groups that a key would collapse or open: those selected, else those that the selected nodes are in, as they are
 * drawn.
 */
export function groupsAtHand({ getState }: EditorStore): string[] {
  const { document, selection } = getState();
  if (selection.groups.size > 0) return [...selection.groups];
  const hidden = hiddenBy(document);
  const homes = document.nodes
    .filter(({ id }) => selection.nodes.has(id))
    .flatMap(({ id, group }) => hidden.get(id) ?? enclosingGroups(document, group)[0] ?? []);
  return [...new Set(homes)];
}

/** Opens the groups at hand where all of them are collapsed, and else collapses them. */
export function toggleCollapsed(store: EditorStore): void {
  const ids = new Set(groupsAtHand(store));
  if (ids.size === 0) return;
  const groups = store.getState().document.groups.filter(({ id }) => ids.has(id));
  const opens = groups.every(({ collapsed }) => collapsed === true);
  (opens ? openGroups : collapseGroups)(store, [...ids]);
}

export function collapseAll(store: EditorStore): void {
  collapseGroups(store, idsWhere(store, false));
}

export function openAll(store: EditorStore): void {
  openGroups(store, idsWhere(store, true));
}

function idsWhere({ getState }: EditorStore, isCollapsed: boolean): string[] {
  return getState()
    .document.groups.filter(({ collapsed }) => (collapsed === true) === isCollapsed)
    .map(({ id }) => id);
}
