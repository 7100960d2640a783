import { createHash } from 'node:crypto';
import { canonicalJson } from '../document/canonical';
import type { BasinDocument } from '../document/schema';

/** SHA-256 of the canonical JSON: says which document a weights file was trained with. */
export function documentHash(document: BasinDocument): string {
  return createHash('sha256').update(canonicalJson(document, 'compact')).digest('hex');
}
