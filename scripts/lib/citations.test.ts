import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { citationFaults, headingsOf, readTextFiles } from './citations.mjs';
import { ROOT } from './project.mjs';

const PAGE = 'docs/energy.md';
const TEXT = '# Energy\n\n## 1 Low where it fits\n\n### 1.2 In detail: §, `code`\n';

function faults(path: string, text: string): string[] {
  const files = new Map([
    [PAGE, TEXT],
    [path, text],
  ]);
  return citationFaults(files, (other) => other === 'src/core');
}

test('every citation of a page and every link between pages leads somewhere', () => {
  const files = readTextFiles();
  // This file cites made-up pages.
  files.delete('scripts/lib/citations.test.ts');
  expect(citationFaults(files, (path) => existsSync(join(ROOT, path)))).toEqual([]);
});

test('reads numbers and anchors of headings, but not of code', () => {
  const { numbers, anchors } = headingsOf(`${TEXT}\n\`\`\`sh\n# a comment\n\`\`\`\n`);
  expect([...numbers]).toEqual(['1', '1.2']);
  expect([...anchors.keys()]).toEqual(['energy', '1-low-where-it-fits', '12-in-detail--']);
});

test('accepts sections that are there, also over the end of a line', () => {
  expect(faults('src/a.ts', `/** ${PAGE} §1, §1.2 and\n * §1; ${PAGE}\n * §1.2. */`)).toEqual([]);
});

test('finds sections and pages that are not there', () => {
  expect(faults('src/a.ts', `// ${PAGE} §1, §3\n// docs/entropy.md §1`)).toEqual([
    'src/a.ts: docs/energy.md has no section 3',
    'src/a.ts: there is no page docs/entropy.md',
  ]);
  expect(faults('src/a.ts', `// see ENTROPY.md or energy.md`)).toEqual([
    'src/a.ts: there is no ENTROPY.md',
  ]);
  expect(faults('src/a.ts', `// 2-semantics 2.4`)).toHaveLength(1);
});

test('follows links between pages, to their headings and to folders', () => {
  const path = 'docs/more.md';
  const link = (label: string, target: string) => faults(path, `[${label}](${target})`);
  expect(link('§1', 'energy.md#1-low-where-it-fits')).toEqual([]);
  expect(link('code', '../src/core')).toEqual([]);
  expect(link('elsewhere', 'https://example.org/none.html')).toEqual([]);
  expect(link('§2', 'energy.md#1-low-where-it-fits')).toHaveLength(1);
  expect(link('x', 'energy.md#2-high')).toHaveLength(1);
  expect(link('x', '../src/none')).toHaveLength(1);
});

test('leaves names of nodes in the text of a template to the tests of templates', () => {
  expect(faults('templates/jepa/about.md', '[Encoder](#encoder)')).toEqual([]);
  expect(faults('templates/jepa/about.md', '[Encoder](../none.md#encoder)')).toHaveLength(2);
  expect(faults('docs/more.md', '[Encoder](#encoder)')).toHaveLength(1);
});
