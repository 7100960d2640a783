import { failure, success, type Result } from '../core/result';
import { NumberColumnBuilder, TextColumnBuilder, type ColumnBuilder } from './columnBuilder';
import { MOST_COLUMNS, parseColumnRanges } from './columnRanges';
import { formatBytes, formatWhole } from '../core/formatNumber';
import type { DataFile, OnProgress } from './dataFile';
import { parseNumber, type Dialect } from './dialect';
import { tooLargeFile, unreadable } from './faults';
import { MOST_BYTES, type Table } from './table';
import { TextFault, TextRows, type TextRow } from './textRows';

/** Bytes of a cell in memory, of numbers as of words. */
const CELL_BYTES = 4;
const LONGEST_NAME = 200;

interface ReadOptions {
  /** Only so many bytes from the beginning: a row that is cut there is left out. */
  readonly within?: number;
  readonly onProgress?: OnProgress;
}

/** Reads a table of text (CSV, TSV) piece by piece. What is wrong with it is said with line and column. */
export async function readDelimited(
  file: DataFile,
  dialect: Dialect,
  { within = Infinity, onProgress }: ReadOptions = {},
): Promise<Result<Table>> {
  const isCut = within < file.size;
  const source = isCut ? file.slice(0, within) : file;
  const rows = new TextRows(dialect);
  const builder = new TableBuilder(dialect);
  // It takes the byte order mark away.
  const decoder = new TextDecoder(dialect.encoding, { fatal: true });
  const reader = source.stream().getReader();
  let done = 0;
  try {
    for (;;) {
      const { value } = await reader.read();
      if (!value) break;
      done += value.length;
      builder.take(rows.push(decoder.decode(value, { stream: true }), false));
      if (builder.bytes > MOST_BYTES) {
        const whole = (builder.bytes * file.size) / done;
        return failure(tooLargeFile(file.name, whole, 'Leave out rows or columns of the file.'));
      }
      onProgress?.(done, file.size);
    }
    if (!isCut) builder.take(rows.push(decoder.decode(), true));
    else if (builder.lastLine === 0) {
      throw new TextFault(`it has more than ${formatBytes(within)}`, 1);
    }
    return success(builder.finish());
  } catch (error) {
    if (error instanceof TextFault) return unreadable(file.name, placed(error), hintFor(error));
    if (error instanceof TypeError || error instanceof DOMException) {
      return unreadable(
        file.name,
        `is not written in ${dialect.encoding} after line ${builder.lastLine}, or cannot be read to its end`,
        'Choose its encoding, or save it as UTF-8.',
      );
    }
    throw error;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function placed({ message, line, column }: TextFault): string {
  return `cannot be read: line ${line}${column === null ? '' : `, column ${column}`}: ${message}`;
}

function hintFor({ column }: TextFault): string {
  return column === null
    ? 'Mend the line, or choose another delimiter or quote.'
    : 'Mend the cell, or read the column as words.';
}

/** What rows of cells become. The first row decides how many columns there are. */
class TableBuilder {
  lastLine = 0;
  private names: readonly string[] | null = null;
  private columns: readonly ColumnBuilder[] = [];
  private rows = 0;

  constructor(private readonly dialect: Dialect) {}

  /** Bytes that the rows take which have come. */
  get bytes(): number {
    return this.rows * this.columns.length * CELL_BYTES;
  }

  take(rows: readonly TextRow[]): void {
    for (const row of rows) {
      this.lastLine = row.line;
      if (this.names === null) {
        this.begin(row);
        if (this.dialect.header) continue;
      }
      this.add(row);
    }
  }

  finish(): Table {
    if (this.rows === 0) {
      throw new TextFault('there is no row of values', Math.max(1, this.lastLine));
    }
    return { rows: this.rows, columns: this.columns.map((column) => column.finish()) };
  }

  private begin({ line, cells }: TextRow): void {
    const { header, decimal, text } = this.dialect;
    if (cells.length > MOST_COLUMNS) {
      const [count, most] = [cells.length, MOST_COLUMNS].map(formatWhole);
      throw new TextFault(`it has ${count} cells, and ${most} are read at most`, line);
    }
    this.names = uniqueNames(header ? cells : cells.map(() => ''));
    const words = new Set(parseColumnRanges(text));
    this.columns = this.names.map((name, column) =>
      words.has(column) ? new TextColumnBuilder(name) : new NumberColumnBuilder(name, decimal),
    );
  }

  private add({ line, cells }: TextRow): void {
    const { columns } = this;
    if (cells.length !== columns.length) {
      const has = cells.length === 1 ? 'one cell' : `${cells.length} cells`;
      throw new TextFault(`it has ${has} where the first line has ${columns.length}`, line);
    }
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? '';
      if (columns[column]?.add(cell) === false) {
        const name = this.names?.[column] ?? '';
        const isNumber = parseNumber(cell, this.dialect.decimal) !== null;
        const why = isNumber ? 'is beyond what 32 bits hold' : 'is no number';
        throw new TextFault(`“${shortened(cell)}” in “${name}” ${why}`, line, column + 1);
      }
    }
    this.rows++;
  }
}

/** Names that tell the columns apart: what has none is called by its number, and a name that comes again gets one. */
export function uniqueNames(names: readonly string[]): string[] {
  /** With the number that the name gets when it comes again. */
  const taken = new Map<string, number>();
  return names.map((given, column) => {
    const name = given.trim().slice(0, LONGEST_NAME) || `column ${column + 1}`;
    let unique = name;
    let number = taken.get(name) ?? 1;
    while (taken.has(unique)) unique = `${name} ${++number}`;
    taken.set(name, number);
    if (unique !== name) taken.set(unique, 1);
    return unique;
  });
}

function shortened(cell: string): string {
  return cell.length > 30 ? `${cell.slice(0, 29)}…` : cell;
}
