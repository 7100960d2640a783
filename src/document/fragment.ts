import { failure, success, type Result } from '../core/result';
import { canonicalJson } from './canonical';
import { enclosingGroups, groupsWithin, nodesWithin } from './groupTree';
import { isJsonObject, type JsonObject } from './json';
import { isMeantAsLink } from './linkText';
import { parseJson } from './parseJson';
import { readDocument } from './read';
import { DOCUMENT_VERSION, emptyDocument, type BasinDocument } from './schema';
import { decodeShareLink } from './shareLink';

/** A part of a document that stands on its own: what the clipboard holds. */
export type Fragment = Readonly<Pick<BasinDocument, 'nodes' | 'edges' | 'groups'>>;

const FRAGMENT_FORMAT = 'basin-fragment';
const CLIPBOARD = 'The clipboard';

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

/** What a text that is pasted on the canvas holds: a part of a graph, or a whole document. */
export interface Pasted {
  readonly fragment: Fragment;
  /** Null where it is a part. */
  readonly document: BasinDocument | null;
}

/** Reads clipboard text with the same care as a file: what was copied, a whole document, or a share link of one. */
export function readPasted(text: string): Result<Pasted> {
  const isJson = /^\s*[[{]/.test(text);
  if (!isJson && isMeantAsLink(text)) return whole(decodeShareLink(text));
  const parsed = parseJson(text, CLIPBOARD);
  if (parsed.ok && isJsonObject(parsed.value) && parsed.value['format'] === 'basin') {
    return whole(readDocument(parsed.value, CLIPBOARD));
  }
  const read = readFragment(text);
  return read.ok ? success({ fragment: read.value, document: null }, read.diagnostics) : read;
}

/** Reads what `copyFragment` wrote, with the same care as a document: migrated, repaired, refused by the same codes. */
export function readFragment(text: string): Result<Fragment> {
  const parsed = parseJson(text, CLIPBOARD);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isJsonObject(json) || json['format'] !== FRAGMENT_FORMAT) {
    return failure({
      code: 'document.not-basin',
      severity: 'error',
      message: 'The clipboard holds neither a part of a Basin graph nor a whole one.',
      hint: 'Select nodes and copy them first.',
    });
  }
  return readFragmentJson(json, 'The copied part');
}

function whole(read: Result<BasinDocument>): Result<Pasted> {
  if (!read.ok) return read;
  return success({ fragment: fragmentOf(read.value), document: read.value }, read.diagnostics);
}

function fragmentOf({ nodes, edges, groups }: BasinDocument): Fragment {
  return { nodes, edges, groups };
}

/** Reads `version`, `nodes`, `edges` and `groups` as those of a document. `what` begins the messages of refusals. */
export function readFragmentJson(json: JsonObject, what: string): Result<Fragment> {
  const { version, nodes, edges, groups } = json;
  const read = readDocument({ ...emptyDocument(), version, nodes, edges, groups }, what);
  if (!read.ok) return read;
  return success(fragmentOf(read.value), read.diagnostics);
}
