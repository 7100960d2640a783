import { invariant } from '../../core/invariant';
import { freshId } from '../freshId';
import { clip } from '../clip';
import {
  DOCUMENT_LIMITS,
  type BasinDocument,
  type DocumentGroup,
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

/** Adds the group and puts the nodes into it, out of the groups that they were in. */
export function group(frame: DocumentGroup, nodeIds: readonly string[]): Edit {
  return {
    label: 'Group',
    recipe: (draft) => {
      invariant(!draft.groups.some(({ id }) => id === frame.id), `a second group ${frame.id}`);
      draft.groups.push(frame);
      for (const node of draft.nodes) if (nodeIds.includes(node.id)) node.group = frame.id;
    },
  };
}

/** Removes the frames; the nodes stay where they are. */
export function ungroup(groupIds: readonly string[]): Edit {
  const removed = new Set(groupIds);
  return {
    label: 'Ungroup',
    recipe: (draft) => {
      if (!draft.groups.some(({ id }) => removed.has(id))) return;
      draft.groups = draft.groups.filter(({ id }) => !removed.has(id));
      for (const node of draft.nodes) {
        if (node.group !== undefined && removed.has(node.group)) delete node.group;
      }
    },
  };
}

/** Puts nodes into an existing group, or with null out of any. */
export function setGroup(nodeIds: readonly string[], groupId: string | null): Edit {
  return {
    label: groupId === null ? 'Take out of group' : 'Put into group',
    recipe: (draft) => {
      if (groupId !== null && !draft.groups.some(({ id }) => id === groupId)) return;
      for (const node of draft.nodes) {
        if (!nodeIds.includes(node.id)) continue;
        if (groupId !== null) node.group = groupId;
        else delete node.group;
      }
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
