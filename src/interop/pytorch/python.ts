import { visible, withoutHidden } from '../../core/hiddenCharacters';

/** How tightly the outermost operator of an expression binds, as Python has it. */
export const BINDING = {
  conditional: 0,
  or: 1,
  and: 2,
  comparison: 3,
  bitOr: 4,
  bitAnd: 5,
  sum: 6,
  product: 7,
  unary: 8,
  power: 9,
  atom: 10,
} as const;

/** The text of an expression, in brackets where what is around it binds more tightly. */
export interface Expression {
  readonly code: string;
  readonly binding: number;
}

export function atom(code: string): Expression {
  return { code, binding: BINDING.atom };
}

export function within({ code, binding }: Expression, least: number): string {
  return binding < least ? `(${code})` : code;
}

/** A number as Python reads it back to the bit. */
export function pythonNumber(value: number, whole = false): string {
  if (value === Infinity) return 'math.inf';
  if (value === -Infinity) return '-math.inf';
  if (whole) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  if (value === 1e-12 || value === 1e-8) return String(value);
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text.replace('e+', 'e');
}

export function pythonString(text: string): string {
  return withoutHidden(JSON.stringify(text));
}

/** A text of the document within a docstring: nothing in it ends or escapes anything, and all of it is seen. */
export function prose(text: string): string {
  return visible(text).replaceAll('\\', '/').replaceAll('"', "'");
}

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield self torch math np nn F run config data loss input range print len dist os sys json'.split(
    ' ',
  ),
);

const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', η: 'eta', θ: 'theta', λ: 'lambda_', μ: 'mu', ν: 'nu', π: 'pi', ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi', ψ: 'psi', ω: 'omega',
}; // prettier-ignore

/** Words of a text that identifiers can be made of. */
function words(text: string): string[] {
  const plain = [...text.normalize('NFKD')]
    .map((letter) => GREEK[letter] ?? letter)
    .join('')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

/** `prediction_error` */
export function snakeCase(text: string, fallback = 'value'): string {
  const name = words(text).join('_').toLowerCase().slice(0, 40);
  const sound = name === '' ? fallback : /^\d/.test(name) ? `${fallback}_${name}` : name;
  return KEYWORDS.has(sound) ? `${sound}_` : sound;
}

/** `PredictionError` */
export function camelCase(text: string, fallback = 'Module'): string {
  const name = words(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, 40);
  return name === '' || /^\d/.test(name) ? `${fallback}${name}` : name;
}

/** Gives names that have not been given. */
export class Names {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  fresh(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${wanted}_${count}`;
    this.taken.add(name);
    return name;
  }
}

export const LINE_LENGTH = 100;

/** `head(a, b)tail` on one line if it fits, else with a line for each argument. */
export function call(head: string, args: readonly string[], indent: number, tail = ''): string {
  const line = `${head}(${args.join(', ')})${tail}`;
  if (line.length + indent <= LINE_LENGTH) return line;
  const inner = ' '.repeat(indent + 4);
  return `${head}(\n${args.map((argument) => `${inner}${argument},\n`).join('')}${' '.repeat(indent)})${tail}`;
}

export function indented(lines: readonly string[], by = 4): string[] {
  const space = ' '.repeat(by);
  return lines.map((line) => (line === '' ? '' : `${space}${line.replaceAll('\n', `\n${space}`)}`));
}

/** A text as comment lines of at most the line length. */
export function comment(text: string, indent = 0): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of visible(text).split(/\s+/)) {
    if (word === '') continue;
    if (line.length + 1 + word.length + indent > LINE_LENGTH && line !== '#') {
      lines.push(line);
      line = '#  ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
