import { failure, type Result } from '../core/result';
import { foreignFormat } from './foreignFormats';
import { readDocument } from './read';
import type { BasinDocument } from './schema';
import { documentOfScript, isScript } from './scriptDocument';

/**
 * Reads a document from the text of a file, as `readDocument` does; a file that is something else is called by its
 * name (`FOREIGN_FORMATS`). A script that was exported has its document inside. `what` begins the messages, e.g. the file's name in quotes.
 */
export function readDocumentFile(
  text: string,
  fileName: string,
  what: string,
): Result<BasinDocument> {
  const inside = documentOfScript(text);
  const read = readDocument(inside ?? text, what);
  if (read.ok || read.diagnostics[0]?.code !== 'document.not-json') return read;
  if (inside !== null || isScript(text)) {
    return failure({
      code: 'document.not-json',
      severity: 'error',
      message: `${what} is a script that was exported from a graph, which is ${inside === null ? 'no longer in it' : 'damaged in it'}.`,
      hint: 'The graph is the text DOCUMENT near its end: take that from the script as it was exported.',
    });
  }
  const format = foreignFormat(text, fileName);
  if (format === null) return read;
  return failure({
    code: 'document.not-json',
    severity: 'error',
    message: `${what} is ${format.name}. Basin opens documents of its own, which are JSON.`,
    hint: format.advice ?? 'Choose a .json file that Basin has saved.',
  });
}
