import { invariant } from '../../core/invariant';
import { freshId } from '../freshId';
import { clip } from '../clip';
import { enclosingGroups, survivingHome } from '../groupTree';
import {
  DOCUMENT_LIMITS,
  type BasinDocument,
  type DocumentGroup,
  type GroupColor,
  type Position,
  type Size,
} from '../schema';
import type { Edit } from './edit';

/** A group with a fresh id. The frame comes from the canvas, which knows how large nodes are drawn. */
export function newGroup(
  document: BasinDocument,
  label: string,
  position: Position,
  size: Size,
): DocumentGroup {
  const id = freshId(document, 'group');
  return { id, label: clip(label, DOCUMENT_LIMITS.label), position, size };
}

/** Adds the group and puts nodes and groups into it, out of the groups that they were in. */
export function group(
  frame: DocumentGroup,
  nodeIds: readonly string[],
  groupIds: readonly string[] = [],
): Edit {
  return {
    label: 'Group',
    recipe: (draft) => {
      invariant(!draft.groups.some(({ id }) => id === frame.id), `a second group ${frame.id}`);
      for (const inner of draft.groups) if (groupIds.includes(inner.id)) inner.group = frame.id;
      draft.groups.push(frame);
      for (const node of draft.nodes) if (nodeIds.includes(node.id)) node.group = frame.id;
    },
  };
}

/** Removes the frames; what is in them stays where it is. */
export function ungroup(groupIds: readonly string[]): Edit {
  const removed = new Set(groupIds);
  return {
    label: 'Ungroup',
    recipe: (draft) => {
      if (!draft.groups.some(({ id }) => removed.has(id))) return;
      leaveGroups(draft, removed);
      draft.groups = draft.groups.filter(({ id }) => !removed.has(id));
    },
  };
}

/** What is in groups that go is in the next ones around them, or in none. Before the groups are gone. */
export function leaveGroups(draft: BasinDocument, removed: ReadonlySet<string>): void {
  const { groups } = draft;
  const homes = new Map(groups.map(({ id }) => [id, survivingHome({ groups }, id, removed)]));
  for (const item of [...draft.nodes, ...groups]) {
    if (item.group === undefined || !removed.has(item.group)) continue;
    const home = homes.get(item.group);
    if (home === undefined) delete item.group;
    else item.group = home;
  }
}

/** Puts nodes and groups into an existing group, or with null out of any. A group never comes into itself. */
export function setGroup(ids: readonly string[], groupId: string | null): Edit {
  return {
    label: groupId === null ? 'Take out of group' : 'Put into group',
    recipe: (draft) => {
      if (groupId !== null && !draft.groups.some(({ id }) => id === groupId)) return;
      const around = enclosingGroups(draft, groupId ?? undefined);
      for (const item of [...draft.nodes, ...draft.groups]) {
        if (!ids.includes(item.id) || around.includes(item.id)) continue;
        if (groupId !== null) item.group = groupId;
        else delete item.group;
      }
    },
  };
}

/** Draws groups as boxes, or opens them. */
export function setCollapsed(groupIds: readonly string[], collapsed: boolean): Edit {
  return {
    label: collapsed ? 'Collapse group' : 'Open group',
    recipe: (draft) => {
      for (const item of draft.groups) {
        if (!groupIds.includes(item.id) || (item.collapsed === true) === collapsed) continue;
        if (collapsed) item.collapsed = true;
        else delete item.collapsed;
      }
    },
  };
}

/** A tint of the frame; null takes it away. */
export function setGroupColor(groupId: string, color: GroupColor | null): Edit {
  return {
    label: 'Colour group',
    recipe: (draft) => {
      const found = draft.groups.find(({ id }) => id === groupId);
      if (!found || (found.color ?? null) === color) return;
      if (color === null) delete found.color;
      else found.color = color;
    },
  };
}

/** Longer labels than the schema allows are cut. Edits of one label merge. */
export function setGroupLabel(groupId: string, label: string): Edit {
  return {
    label: 'Rename group',
    mergeKey: `label ${groupId}`,
    recipe: (draft) => {
      const found = draft.groups.find(({ id }) => id === groupId);
      if (found) found.label = clip(label, DOCUMENT_LIMITS.label);
    },
  };
}
