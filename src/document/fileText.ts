import { decodeText } from '../core/decodeText';
import { success, type Result } from '../core/result';
import { documentTextIn, isPng } from './pngDocument';

/** The text that a file has for whoever looks for a document in it: of a picture the document inside, of any other file its own. */
export function fileText(bytes: Uint8Array, what: string): Result<string> {
  return isPng(bytes) ? documentTextIn(bytes, what) : success(decodeText(bytes));
}
