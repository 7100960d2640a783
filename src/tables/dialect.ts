/** Encodings that a table of text is read in. */
export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
export const QUOTES = ['"', "'", ''] as const;
export const DECIMALS = ['.', ','] as const;

/** How the cells of a table of text are told apart and read. */
export interface Dialect {
  readonly encoding: (typeof ENCODINGS)[number];
  readonly delimiter: (typeof DELIMITERS)[number];
  /** What encloses cells that have a delimiter or a line break in them; empty where nothing does. */
  readonly quote: (typeof QUOTES)[number];
  readonly decimal: (typeof DECIMALS)[number];
  /** Whether the first line has the names of the columns. */
  readonly header: boolean;
  /** Columns that are read as words, as `columnRanges` writes them. */
  readonly text: string;
}

/** What stands for a cell without a value, in lower case. */
const MISSING = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', '-', '?', '.']);

export function isMissing(cell: string): boolean {
  return cell.length < 5 && MISSING.has(cell.trim().toLowerCase());
}

const INFINITE = /^[+-]?inf(?:inity)?$/i;

/** What no number stands for in a column of numbers: nothing, or an infinite one, as in arrays of NumPy. */
export function isNoNumber(cell: string): boolean {
  return isMissing(cell) || INFINITE.test(cell.trim());
}

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/** The finite number that a cell holds; null where it holds none. */
export function parseNumber(cell: string, decimal: Dialect['decimal']): number | null {
  let text = cell.trim();
  if (decimal === ',') {
    if (text.includes('.')) return null;
    text = text.replace(',', '.');
  }
  if (!NUMBER.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
