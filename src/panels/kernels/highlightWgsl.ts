import { refractor } from 'refractor/core';
import wgsl from 'refractor/wgsl';

refractor.register(wgsl);

/** What a piece of source is; `plain` for names, operators and space. */
export type TokenKind =
  'comment' | 'keyword' | 'builtin' | 'number' | 'function' | 'attribute' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

type Tree = ReturnType<typeof refractor.highlight>['children'][number];

/** Classes of the grammar, the first that fits counts. */
const KINDS: readonly (readonly [string, TokenKind])[] = [
  ['comment', 'comment'],
  ['attr-name', 'attribute'],
  ['attr-value', 'attribute'],
  ['number', 'number'],
  ['boolean', 'number'],
  ['keyword', 'keyword'],
  ['builtin', 'builtin'],
  ['function', 'function'],
];

/** WGSL as lines of tokens. Joined, they are the source again. */
export function highlightWgsl(source: string): Token[][] {
  const lines: Token[][] = [[]];
  const add = (text: string, kind: TokenKind): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      const line = lines.at(-1);
      const last = line?.at(-1);
      if (part === '' || line === undefined) return;
      if (last?.kind === kind) line[line.length - 1] = { kind, text: last.text + part };
      else line.push({ kind, text: part });
    });
  };
  const visit = (nodes: readonly Tree[], kind: TokenKind): void => {
    for (const node of nodes) {
      if (node.type === 'text') add(node.value, kind);
      else if (node.type === 'element') {
        const own = kindOf(node.properties['className']);
        visit(node.children, own === 'plain' ? kind : own);
      }
    }
  };
  visit(refractor.highlight(source, 'wgsl').children, 'plain');
  return lines;
}

function kindOf(classes: unknown): TokenKind {
  if (!Array.isArray(classes)) return 'plain';
  return KINDS.find(([name]) => classes.includes(name))?.[1] ?? 'plain';
}
