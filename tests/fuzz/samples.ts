import { readdirSync, readFileSync } from 'node:fs';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';

const TEMPLATES = new URL('../../templates/', import.meta.url);
const FIXTURES = new URL('../../src/document/migrations/fixtures/', import.meta.url);

/** Texts of whole documents: those that ship, and one of each version with every field. */
export const DOCUMENT_TEXTS: readonly string[] = [
  ...readdirSync(TEMPLATES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(new URL(`${name}/graph.json`, TEMPLATES), 'utf8')),
  ...readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(new URL(name, FIXTURES), 'utf8')),
];

export const DOCUMENTS: readonly BasinDocument[] = DOCUMENT_TEXTS.flatMap((text) => {
  const read = readDocument(text);
  return read.ok ? [read.value] : [];
});
