import { LINE_LENGTH } from './python';

/** Room that is left for indentation. */
const MARGIN = 16;

/** `start` and an expression on one line, or broken as a formatter would: between arguments, or before operators. */
export function breakLine(start: string, code: string): string {
  if (code.includes('\n') || lastLine(start).length + code.length <= LINE_LENGTH - MARGIN)
    return start + code;
  const open = openOfLast(code);
  if (open !== null) {
    const parts = split(code.slice(open + 1, -1), ', ');
    const head = start + code.slice(0, open);
    const close = code.slice(-1);
    const all = parts.join(', ');
    if (4 + all.length <= LINE_LENGTH - MARGIN)
      return `${head}${code.charAt(open)}\n    ${all}\n${close}`;
    return `${head}${code.charAt(open)}\n${parts.map((part) => `    ${breakInner(part)},\n`).join('')}${close}`;
  }
  const terms = splitTerms(code);
  if (terms.length === 1) return start + code;
  return `${start}(\n${terms.map((term) => `    ${term}\n`).join('')})`;
}

function breakInner(part: string): string {
  return breakLine('', part).replaceAll('\n', '\n    ');
}

/** Where the bracket opens that the last character closes, if all before it is a name: `f(…)`, `a.b(…)`. */
function openOfLast(code: string): number | null {
  if (!code.endsWith(')') && !code.endsWith(']')) return null;
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    if (code[at] === ')' || code[at] === ']') depth++;
    if (code[at] === '(' || code[at] === '[') depth--;
    const isList = at === 0 && code[at] === '[';
    if (depth === 0) return (isList || (at > 0 && code[at] === '(')) && at < code.length - 2 && !hasOperator(code.slice(0, at)) ? at : null; // prettier-ignore
  }
  return null;
}

function hasOperator(code: string): boolean {
  return splitTerms(code).length > 1 || split(code, ' ').length > 1;
}

/** Cuts at a separator that stands in no bracket. */
function split(code: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < code.length; at++) {
    if ('([{'.includes(code[at] ?? ' ')) depth++;
    if (')]}'.includes(code[at] ?? ' ')) depth--;
    if (depth === 0 && code.startsWith(separator, at)) {
      parts.push(code.slice(start, at));
      start = at + separator.length;
    }
  }
  return [...parts, code.slice(start)];
}

/** Terms with the operators before them: `a`, `+ b`, `- c`; factors where there is one term. */
function splitTerms(code: string): string[] {
  for (const operators of [
    [' + ', ' - '],
    [' * ', ' / ', ' @ '],
  ]) {
    const parts = [code];
    for (const operator of operators) {
      const cut = parts.flatMap((part) =>
        split(part, operator).map((piece, index) =>
          index === 0 ? piece : `${operator.trimStart()}${piece}`,
        ),
      );
      parts.splice(0, parts.length, ...cut);
    }
    if (parts.length > 1) return parts;
  }
  return [code];
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
