import { readFile } from 'node:fs/promises';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';
import { need } from './trainTemplate';

/** A document of `tests/cases`: what people built that went wrong, or was wrongly suspected. */
export async function caseDocument(name: string): Promise<BasinDocument> {
  const text = await readFile(new URL(`../cases/${name}.json`, import.meta.url), 'utf8');
  return need(readDocument(text, name));
}
