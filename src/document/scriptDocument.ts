import { withoutHidden } from '../core/hiddenCharacters';
import { canonicalJson } from './canonical';
import type { BasinDocument } from './schema';

const OPEN = "DOCUMENT = r'''";
const CLOSE = "'''";

/** The document inside of its script, so that the script opens as a graph. */
export function documentSection(document: BasinDocument): string {
  // JSON has quotes of this kind in strings only, where they may be written as an escape.
  const json = withoutHidden(canonicalJson(document).trimEnd()).replaceAll(CLOSE, "\\u0027''");
  return `# The graph as a document of Basin: reading this file there opens it.\n${OPEN}${json}${CLOSE}`;
}

/** The JSON of the document that a script was made of; null for other texts. */
export function documentOfScript(text: string): string | null {
  const start = text.indexOf(`\n${OPEN}`);
  if (start < 0) return null;
  const from = start + 1 + OPEN.length;
  const end = text.indexOf(CLOSE, from);
  return end < 0 ? null : text.slice(from, end);
}

/** Whether a text is a script that Basin wrote, with its document or without. */
export function isScript(text: string): boolean {
  return text.includes('\nWritten by Basin. Open this file there to see the graph');
}
