import { canonicalJson } from './canonical';
import { enclosingGroups, groupsWithin, nodesWithin } from './groupTree';
import { DOCUMENT_VERSION, type BasinDocument } from './schema';

/** A part of a document that stands on its own: what the clipboard holds. */
export type Fragment = Readonly<Pick<BasinDocument, 'nodes' | 'edges' | 'groups'>>;

/** What the text of a fragment names itself. */
export const FRAGMENT_FORMAT = 'basin-fragment';

/** The nodes with these ids, and those in the groups with these ids, however deep. */
export function nodesWithGroups(document: BasinDocument, ids: readonly string[]): string[] {
  const chosen = new Set([...ids, ...nodesWithin(document, ids)]);
  return document.nodes.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
}

/**
 * The nodes with these ids, the groups with these ids and all that is in them, the edges among these nodes, and the groups
 * whose nodes are all chosen. What is in a group that is not part of it is in none.
 */
export function selectFragment(document: BasinDocument, ids: readonly string[]): Fragment {
  const named = new Set([...ids, ...groupsWithin(document, ids)]);
  const chosen = new Set(nodesWithGroups(document, ids));
  const members = new Map<string, boolean[]>();
  for (const { id, group } of document.nodes) {
    for (const around of enclosingGroups(document, group)) {
      members.set(around, [...(members.get(around) ?? []), chosen.has(id)]);
    }
  }
  const isWhole = (id: string): boolean =>
    named.has(id) || members.get(id)?.every(Boolean) === true;
  const groupIds = new Set(document.groups.map(({ id }) => id).filter(isWhole));
  const rehome = <Item extends { group?: string | undefined }>({ group, ...item }: Item) =>
    group !== undefined && groupIds.has(group) ? { ...item, group } : item;
  return {
    nodes: document.nodes.filter(({ id }) => chosen.has(id)).map(rehome),
    edges: document.edges.filter(({ source, target }) => chosen.has(source) && chosen.has(target)),
    groups: document.groups.filter(({ id }) => groupIds.has(id)).map(rehome),
  };
}

/** The fragment as JSON text, for the clipboard. */
export function copyFragment(document: BasinDocument, ids: readonly string[]): string {
  const fragment = selectFragment(document, ids);
  return canonicalJson({ format: FRAGMENT_FORMAT, version: DOCUMENT_VERSION, ...fragment });
}
