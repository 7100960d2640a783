import Papa from 'papaparse';
import type { Dialect } from './dialect';

/** A line of cells, and the line of the file, from 1, that it begins on. */
export interface TextRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A cell longer than this is one whose closing quote is missing. */
const LONGEST_ROW = 2 ** 22;

/** What is wrong with a text, and on which line. */
export class TextFault extends Error {
  constructor(
    message: string,
    readonly line: number,
    /** From 1; null where the line as a whole is at fault. */
    readonly column: number | null = null,
  ) {
    super(message);
  }
}

/** What papaparse's parser gives for one piece of text. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Cuts text that comes in pieces into rows of cells. papaparse's own streaming reads files by bytes, which splits
 * letters of more than one byte, and knows rows but not lines; so it is given whole rows of text here.
 */
export class TextRows {
  private pending = '';
  private line = 1;
  private readonly parser: Papa.Parser;

  constructor({ delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>) {
    this.parser = new Papa.Parser({
      delimiter,
      // A character that no text has.
      quoteChar: quote === '' ? '\0' : quote,
      newline: '\n',
    });
  }

  /** The rows that are complete with this piece; blank lines are left out. Throws `TextFault`. */
  push(piece: string, isLast: boolean): TextRow[] {
    let text = this.pending + piece;
    // The second half of a line break may be in the next piece.
    const held = !isLast && text.endsWith('\r') ? '\r' : '';
    text = text.slice(0, text.length - held.length).replaceAll(/\r\n?/g, '\n');
    if (text === '') {
      this.pending = held;
      return [];
    }
    const { data, errors, meta } = this.parser.parse(text, 0, !isLast) as Parsed;
    this.pending = text.slice(meta.cursor) + held;
    if (isLast) this.pending = '';
    else if (this.pending.length > LONGEST_ROW) {
      throw new TextFault('a cell in quotes begins here and does not end', this.line);
    }
    const faults = new Map(
      errors.flatMap(({ code, row }) => (row === undefined ? [] : [[row, code]])),
    );
    const rows: TextRow[] = [];
    data.forEach((cells, index) => {
      const { line } = this;
      const fault = faults.get(index);
      if (fault === 'MissingQuotes') {
        throw new TextFault('a cell in quotes begins here and does not end', line);
      }
      if (fault === 'InvalidQuotes') {
        throw new TextFault(
          'something stands between a closing quote and the end of its cell',
          line,
        );
      }
      this.line += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
      if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line, cells });
    });
    return rows;
  }
}

function lineBreaks(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}
