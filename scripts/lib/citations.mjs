/**
 * Checks that what the repository says about its own pages is so: sections cited in comments (`docs/semantics.md §4`), links
 * between Markdown files, and Markdown files named anywhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from './project.mjs';

const FOLDERS = [
  ...['src', 'nodes', 'workers', 'templates', 'tests', 'e2e', 'bench', 'scripts'],
  ...['docs', 'public', 'schema'],
];
const TEXT = /\.(ts|tsx|mjs|cjs|js|css|html|md)$/;

/** A page of docs/, and the sections that are cited with it, which may stand on the next line of a comment. */
const CITATION = /\bdocs\/([\w-]+\.md)((?:(?:[\s*]|,|and)+§\d+(?:\.\d+)*)*)/g;
const MARKDOWN_FILE = /[\w.][\w./-]*\.md\b/g;
const LINK = /\[([^\]]*)\]\(([^)\s]+)\)/g;

/** Texts whose own anchors are nodes of the graph beside them; tests/templates/experiments.test.ts looks these up. */
const OF_GRAPH = /^templates\/[^/]+\/about\.md$/;

/** What the pages were called before they were in docs/. */
const FORMER_PAGE = new RegExp(
  `\\b[1-6]-(?:${['product', 'semantics', 'architecture', 'math', 'catalogue', 'cli'].join('|')})\\b`,
  'g',
);

/**
 * The text files of the checkout, by path from its root.
 *
 * @returns {Map<string, string>}
 */
export function readTextFiles() {
  const files = [
    ...readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    ),
    ...FOLDERS.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        posix.join(folder, path.replaceAll('\\', '/')),
      ),
    ),
  ];
  return new Map(
    files
      .filter((path) => TEXT.test(path))
      .sort()
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
  );
}

/**
 * What is wrong with the citations in `files`, one line a fault. `exists` says whether a path from the root leads to a file or
 * folder, for links to what is not text.
 *
 * @param {ReadonlyMap<string, string>} files
 * @param {(path: string) => boolean} exists
 * @returns {string[]}
 */
export function citationFaults(files, exists) {
  const pages = new Map(
    [...files].flatMap(([path, text]) => (path.endsWith('.md') ? [[path, headingsOf(text)]] : [])),
  );
  const context = { pages, exists };
  return [...files].flatMap(([path, text]) => [
    ...citedSections(path, text, context),
    ...namedFiles(path, text, context),
    ...formerPages(path, text),
    ...(path.endsWith('.md') ? links(path, text, context) : []),
  ]);
}

/**
 * @typedef {{ numbers: Set<string>, anchors: Map<string, string | null> }} Headings `anchors` as GitHub makes them, with the
 *   number of the section
 * @typedef {{ pages: ReadonlyMap<string, Headings>, exists: (path: string) => boolean }} Context
 */

/**
 * @param {string} markdown
 * @returns {Headings}
 */
export function headingsOf(markdown) {
  const numbers = new Set();
  const anchors = new Map();
  for (const [, heading = ''] of withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)) {
    const number = /^(\d+(?:\.\d+)*) /.exec(heading)?.[1] ?? null;
    if (number !== null) numbers.add(number);
    anchors.set(anchorOf(heading), number);
  }
  return { numbers, anchors };
}

/** @param {string} heading */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** @param {string} markdown */
function withoutCode(markdown) {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/**
 * @param {string} path
 * @param {string} text
 * @param {Context} context
 */
function citedSections(path, text, { pages }) {
  return [...text.matchAll(CITATION)].flatMap(([, page = '', sections = '']) => {
    const headings = pages.get(`docs/${page}`);
    if (!headings) return [`${path}: there is no page docs/${page}`];
    return [...sections.matchAll(/§([\d.]+)/g)].flatMap(([, number = '']) =>
      headings.numbers.has(number) ? [] : [`${path}: docs/${page} has no section ${number}`],
    );
  });
}

/**
 * Markdown files may be named from the root, from beside the file, or by their name alone.
 *
 * @param {string} path
 * @param {string} text
 * @param {Context} context
 */
function namedFiles(path, text, { pages }) {
  const names = new Set([...pages.keys()].map((page) => posix.basename(page)));
  const isThere = (/** @type {string} */ name) =>
    pages.has(posix.normalize(name)) ||
    pages.has(posix.join(posix.dirname(path), name)) ||
    (!name.includes('/') && names.has(name));
  const named = new Set([...text.matchAll(MARKDOWN_FILE)].map(([name]) => name));
  return [...named]
    .filter((name) => !isThere(name) && !name.startsWith('docs/'))
    .map((name) => `${path}: there is no ${name}`);
}

/**
 * @param {string} path
 * @param {string} text
 */
function formerPages(path, text) {
  return [...text.matchAll(FORMER_PAGE)].map(
    ([name]) => `${path}: ${name} is no page; cite docs/<page>.md and its section`,
  );
}

/**
 * @param {string} path
 * @param {string} text
 * @param {Context} context
 */
function links(path, text, { pages, exists }) {
  return [...withoutCode(text).matchAll(LINK)].flatMap(([, label = '', target = '']) => {
    if (/^[a-z]+:/i.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    if (file === '' && OF_GRAPH.test(path)) return [];
    const to = file === '' ? path : posix.join(posix.dirname(path), decodeURI(file));
    if (!pages.has(to) && !exists(to)) return [`${path}: the link to ${target} leads nowhere`];
    if (anchor === undefined) return [];
    const anchors = pages.get(to)?.anchors;
    if (!anchors?.has(anchor)) return [`${path}: ${to} has no heading #${anchor}`];
    const cited = /§([\d.]+)/.exec(label)?.[1];
    return cited === undefined || anchors.get(anchor) === cited
      ? []
      : [`${path}: the link “${label}” leads to section ${anchors.get(anchor)}`];
  });
}
