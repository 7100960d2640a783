import { invariant } from '../../core/invariant';
import { sameJson } from '../canonical';
import { freshId } from '../freshId';
import { clip } from '../clip';
import {
  DOCUMENT_LIMITS,
  type BasinDocument,
  type DocumentNode,
  type ParameterValue,
  type Position,
} from '../schema';
import type { Edit } from './edit';
import { itemIndex } from './itemIndex';

/** A node with a fresh id that is read off its kind; add it with `addNode`. */
export function newNode(
  document: BasinDocument,
  kind: string,
  label: string,
  position: Position,
  params: Readonly<Record<string, ParameterValue>> = {},
): DocumentNode {
  return {
    id: freshId(document, kind),
    kind,
    label: clip(label, DOCUMENT_LIMITS.label),
    position,
    params: { ...params },
  };
}

export function addNode(node: DocumentNode): Edit {
  return {
    label: 'Add node',
    recipe: (draft) => {
      invariant(!draft.nodes.some(({ id }) => id === node.id), `a second node ${node.id}`);
      draft.nodes.push(node);
    },
  };
}

/** `undefined` takes the parameter back to its kind's default. Edits of one parameter merge. */
export function setParameter(
  nodeId: string,
  name: string,
  value: ParameterValue | undefined,
): Edit {
  return {
    label: `Change ${name}`,
    mergeKey: `parameter ${nodeId} ${name}`,
    recipe: (draft) => {
      const params = findNode(draft, nodeId)?.params;
      if (params === undefined) return;
      if (value === undefined) Reflect.deleteProperty(params, name);
      else if (!Object.hasOwn(params, name) || !sameJson(params[name], value)) params[name] = value;
    },
  };
}

/** Longer labels than the schema allows are cut. Edits of one label merge. */
export function setLabel(nodeId: string, label: string): Edit {
  return {
    label: 'Rename',
    mergeKey: `label ${nodeId}`,
    recipe: (draft) => {
      const node = findNode(draft, nodeId);
      if (node) node.label = clip(label, DOCUMENT_LIMITS.label);
    },
  };
}

/** Bypasses the nodes, or, when all of them are bypassed, turns them on again. */
export function toggleBypass(nodeIds: readonly string[]): Edit {
  return {
    label: 'Bypass',
    recipe: (draft) => {
      const chosen = draft.nodes.filter(({ id }) => nodeIds.includes(id));
      const turnsOn = chosen.every(({ bypassed }) => bypassed === true);
      for (const node of chosen) {
        if (turnsOn) delete node.bypassed;
        else node.bypassed = true;
      }
    },
  };
}

function findNode(draft: BasinDocument, nodeId: string): DocumentNode | undefined {
  return draft.nodes[itemIndex(draft.nodes, nodeId)];
}
