import { failure, success, type Result } from '../core/result';
import { canonicalJson } from './canonical';
import { clip } from './clip';
import type { Fragment } from './fragment';
import { isJsonObject } from './json';
import { parseJson } from './parseJson';
import { DOCUMENT_LIMITS, DOCUMENT_VERSION } from './schema';
import { readFragmentJson } from './readPasted';

/** A part of a graph under a name, to be put into other graphs. */
export interface Block {
  readonly name: string;
  readonly fragment: Fragment;
}

const BLOCK_FORMAT = 'basin-block';

/** The block as the JSON text of a file. */
export function blockText({ name, fragment }: Block): string {
  return canonicalJson({ format: BLOCK_FORMAT, version: DOCUMENT_VERSION, name, ...fragment });
}

/** Whether the text of a file says that it is a block: what else is wrong with it, `readBlock` says. */
export function isBlockText(text: string): boolean {
  // Most files are documents: they are not parsed twice.
  if (!text.includes(BLOCK_FORMAT)) return false;
  const parsed = parseJson(text, 'The file');
  return parsed.ok && isJsonObject(parsed.value) && parsed.value['format'] === BLOCK_FORMAT;
}

/** Reads a block with the same care as a document: migrated, repaired, refused by the same codes. */
export function readBlock(text: string, what = 'The block'): Result<Block> {
  const parsed = parseJson(text, what);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isJsonObject(json) || json['format'] !== BLOCK_FORMAT) {
    return failure({
      code: 'document.not-basin',
      severity: 'error',
      message: `${what} is not a block of Basin: it does not say "format": "${BLOCK_FORMAT}".`,
    });
  }
  const read = readFragmentJson(json, what);
  if (!read.ok) return read;
  return success({ name: blockName(json['name']), fragment: read.value }, read.diagnostics);
}

/** As long as a label at most, and never empty. */
export function blockName(name: unknown): string {
  const text = typeof name === 'string' ? clip(name.trim(), DOCUMENT_LIMITS.label) : '';
  return text === '' ? 'Block' : text;
}
