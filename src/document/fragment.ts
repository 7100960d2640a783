import { failure, success, type Result } from '../core/result';
import { canonicalJson } from './canonical';
import { isJsonObject } from './json';
import { parseJson } from './parseJson';
import { readDocument } from './read';
import { DOCUMENT_VERSION, emptyDocument, type BasinDocument } from './schema';

/** A part of a document that stands on its own: what the clipboard holds. */
export type Fragment = Readonly<Pick<BasinDocument, 'nodes' | 'edges' | 'groups'>>;

const FRAGMENT_FORMAT = 'basin-fragment';

/** The nodes with these ids, and those in the groups with these ids. */
export function nodesWithGroups(document: BasinDocument, ids: readonly string[]): string[] {
  const named = new Set(ids);
  return document.nodes
    .filter(({ id, group }) => named.has(id) || (group !== undefined && named.has(group)))
    .map(({ id }) => id);
}

/**
 * The nodes with these ids, the groups with these ids and all nodes in them, the edges among these nodes, and the groups
 * whose nodes are all chosen. A node whose group is not part of it is in no group.
 */
export function selectFragment(document: BasinDocument, ids: readonly string[]): Fragment {
  const named = new Set(ids);
  const chosen = new Set(nodesWithGroups(document, ids));
  const members = new Map<string, boolean[]>();
  for (const { id, group } of document.nodes) {
    if (group !== undefined) members.set(group, [...(members.get(group) ?? []), chosen.has(id)]);
  }
  const groups = document.groups.filter(
    ({ id }) => named.has(id) || members.get(id)?.every(Boolean) === true,
  );
  const groupIds = new Set(groups.map(({ id }) => id));
  const nodes = document.nodes
    .filter(({ id }) => chosen.has(id))
    .map(({ group, ...node }) =>
      group !== undefined && groupIds.has(group) ? { ...node, group } : node,
    );
  const edges = document.edges.filter(
    ({ source, target }) => chosen.has(source) && chosen.has(target),
  );
  return { nodes, edges, groups };
}

/** The fragment as JSON text, for the clipboard. */
export function copyFragment(document: BasinDocument, ids: readonly string[]): string {
  const fragment = selectFragment(document, ids);
  return canonicalJson({ format: FRAGMENT_FORMAT, version: DOCUMENT_VERSION, ...fragment });
}

/** Reads clipboard text with the same care as a document: migrated, repaired, refused by the same codes. */
export function readFragment(text: string): Result<Fragment> {
  const parsed = parseJson(text, 'The clipboard');
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isJsonObject(json) || json['format'] !== FRAGMENT_FORMAT) {
    return failure({
      code: 'document.not-basin',
      severity: 'error',
      message: 'The clipboard does not hold a part of a Basin graph.',
      hint: 'Select nodes and copy them first.',
    });
  }
  const { version, nodes, edges, groups } = json;
  const document = { ...emptyDocument(), version, nodes, edges, groups };
  const read = readDocument(document, 'The copied part');
  if (!read.ok) return read;
  const { value } = read;
  const fragment = { nodes: value.nodes, edges: value.edges, groups: value.groups };
  return success(fragment, read.diagnostics);
}
