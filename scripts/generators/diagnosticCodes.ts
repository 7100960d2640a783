import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIAGNOSTIC_CODES } from '../../src/core/diagnosticCodes';
import { markdownTable, replaceSection } from '../lib/marked-section.mjs';
import { ROOT } from '../lib/project.mjs';

export const path = 'docs/command-line.md';

/** The page with its table of diagnostic codes as the code has them. */
export async function generate(): Promise<string> {
  const rows = Object.entries(DIAGNOSTIC_CODES).map(([code, meaning]) => [`\`${code}\``, meaning]);
  const page = await readFile(join(ROOT, path), 'utf8');
  return replaceSection(page, 'diagnostic codes', markdownTable(['code', 'meaning'], rows));
}
