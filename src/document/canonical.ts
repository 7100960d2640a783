import { invariant } from '../core/invariant';
import { isJsonObject } from './json';

/** `pretty`: two spaces of indentation and a final newline, for files. `compact`: no white space, for links. */
export type JsonForm = 'pretty' | 'compact';

/**
 * The one text of a JSON value: keys sorted by code unit at every level, lists in order, −0 as 0, absent keys for
 * `undefined`. Two documents are the same exactly when their canonical texts are.
 * Throws on what JSON has no notation for (NaN, functions…): a schema-valid document has none of these.
 */
export function canonicalJson(value: unknown, form: JsonForm = 'pretty'): string {
  return form === 'pretty' ? `${print(value, '\n')}\n` : print(value, null);
}

/** Whether two JSON values have the same canonical text. What they share is not looked at. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameJson(item, b[index]));
  }
  const other = new Map<string, unknown>(present(b));
  const own = present(a);
  return own.length === other.size && own.every(([key, value]) => sameJson(value, other.get(key)));
}

function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

/** `lineBreak` is a newline with the current indentation, or null for compact text. */
function print(value: unknown, lineBreak: string | null): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), `${value} has no JSON notation`);
    return JSON.stringify(value);
  }
  const inner = lineBreak === null ? null : `${lineBreak}  `;
  if (Array.isArray(value)) {
    return enclose(
      '[]',
      value.map((item) => print(item, inner)),
      lineBreak,
    );
  }
  invariant(isJsonObject(value), `a ${typeof value} has no JSON notation`);
  const colon = lineBreak === null ? ':' : ': ';
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}${colon}${print(value[key], inner)}`);
  return enclose('{}', fields, lineBreak);
}

function enclose(
  brackets: '[]' | '{}',
  items: readonly string[],
  lineBreak: string | null,
): string {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  if (items.length === 0) return brackets;
  if (lineBreak === null) return open + items.join(',') + close;
  const inner = `${lineBreak}  `;
  return open + inner + items.join(`,${inner}`) + lineBreak + close;
}
