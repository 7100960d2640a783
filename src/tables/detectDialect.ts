import { unicodeEncoding } from '../core/decodeText';
import { columnRanges } from './columnRanges';
import {
  DECIMALS,
  DELIMITERS,
  isMissing,
  isNoNumber,
  parseNumber,
  QUOTES,
  type Dialect,
} from './dialect';
import { TextRows, type TextRow } from './textRows';

/** Rows that the way of writing is judged by. */
const JUDGED_ROWS = 200;

/** What the first bytes of a file are written in. */
export function detectEncoding(head: Uint8Array): Dialect['encoding'] {
  const unicode = unicodeEncoding(head);
  if (unicode !== 'utf-8') return unicode;
  try {
    // The last letter may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/**
 * How the cells of a text are written, by its beginning: the delimiter and quote by which lines have equally many
 * cells, most of them numbers; a decimal comma where it makes more cells numbers; names in the first line where it has
 * no number and others have.
 */
export function detectDialect(
  head: string,
  encoding: Dialect['encoding'],
  isWhole: boolean,
): Dialect {
  const ways = DELIMITERS.flatMap((delimiter) =>
    QUOTES.filter((quote) => quote === '"' || (quote !== '' && head.includes(quote))).flatMap(
      (quote) => {
        const rows = rowsOf(head, delimiter, quote, isWhole);
        return DECIMALS.filter((decimal) => decimal !== delimiter).map((decimal) => ({
          ...{ delimiter, quote, decimal, rows },
          score: scoreOf(rows, decimal),
        }));
      },
    ),
  );
  const { rows, delimiter, quote, decimal } = ways.reduce((best, way) =>
    way.score > best.score ? way : best,
  );
  const header = hasNames(rows, decimal);
  return {
    ...{ encoding, delimiter, quote, decimal, header },
    text: columnRanges(textColumns(header ? rows.slice(1) : rows, decimal)),
  };
}

/** The dialect with the columns of words that a text has when it is read so. */
export function judgeColumns(head: string, dialect: Dialect, isWhole: boolean): Dialect {
  const { delimiter, quote, decimal, header } = dialect;
  const rows = rowsOf(head, delimiter, quote, isWhole);
  return { ...dialect, text: columnRanges(textColumns(header ? rows.slice(1) : rows, decimal)) };
}

/** Columns that have a cell which is no number. */
function textColumns(rows: readonly TextRow[], decimal: Dialect['decimal']): number[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, column) => column).filter((column) =>
    rows.some(({ cells }) => isWord(cells[column] ?? '', decimal)),
  );
}

/** The first rows of a text; where one is broken those before it. */
function rowsOf(
  head: string,
  delimiter: Dialect['delimiter'],
  quote: Dialect['quote'],
  isWhole: boolean,
): readonly TextRow[] {
  for (const isLast of isWhole ? [true, false] : [false]) {
    try {
      return new TextRows({ delimiter, quote }).push(head, isLast).slice(0, JUDGED_ROWS);
    } catch {
      // A quote that is not closed: without the last row there may be some.
    }
  }
  return [];
}

/** Lines of equally many cells count most, then how many cells are numbers; at last more cells. */
function scoreOf(rows: readonly TextRow[], decimal: Dialect['decimal']): number {
  if (rows.length === 0) return -1;
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, alike] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  const cells = rows.flatMap((row) => row.cells);
  const numbers = cells.filter((cell) => parseNumber(cell, decimal) !== null).length;
  const isSplit = width > 1 ? 1 : 0;
  return 4 * isSplit * (alike / rows.length) + 3 * (numbers / cells.length) + width / 1e6;
}

/**
 * The first row has words, no number, and what comes after it has numbers, or never the same word in its column; or
 * nothing comes after several of them.
 */
function hasNames(rows: readonly TextRow[], decimal: Dialect['decimal']): boolean {
  const [first, ...others] = rows;
  if (!first) return false;
  const isNumber = (cell: string): boolean => parseNumber(cell, decimal) !== null;
  if (first.cells.some(isNumber) || first.cells.every(isMissing)) return false;
  if (others.length === 0) return first.cells.length > 1;
  return (
    others.some(({ cells }) => cells.some(isNumber)) ||
    first.cells.every((name, column) => others.every(({ cells }) => cells[column] !== name))
  );
}

function isWord(cell: string, decimal: Dialect['decimal']): boolean {
  return !isNoNumber(cell) && parseNumber(cell, decimal) === null;
}
