import { failure, success, type Result } from '../core/result';
import { FRAGMENT_FORMAT, type Fragment } from './fragment';
import { isJsonObject, type JsonObject } from './json';
import { isMeantAsLink } from './linkText';
import { parseJson } from './parseJson';
import { readDocument } from './read';
import { emptyDocument, type BasinDocument } from './schema';
import { decodeShareLink } from './shareLink';

const CLIPBOARD = 'The clipboard';

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
