import { failure, success, type Result } from '../core/result';
import { TextColumnBuilder } from './columnBuilder';
import type { DataFile, OnProgress } from './dataFile';
import { uniqueNames } from './delimited';
import { tooLargeFile, unreadable } from './faults';
import { isListOfRows, RowSplitter } from './jsonRows';
import { MOST_BYTES, type Table, type TableColumn } from './table';

interface ReadOptions {
  readonly within?: number;
  readonly onProgress?: OnProgress;
}

/** What a line is wrong in. */
class LineFault extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

type Cell = number | string | null | readonly number[];

/** By these it is found out whether a file is one list of rows. */
const HEAD_BYTES = 2 ** 16;

/** Cuts a text that comes in pieces into the texts of its rows. */
interface Splitter {
  push(text: string): string[];
  /** At the end of the whole text. */
  finish(): string[];
}

/** Reads one JSON object or list a line, or one list of them: a column for each key, or place in the list. */
export async function readJsonLines(
  file: DataFile,
  { within = Infinity, onProgress }: ReadOptions = {},
): Promise<Result<Table>> {
  const isCut = within < file.size;
  const source = isCut ? file.slice(0, within) : file;
  const columns = new JsonColumns();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const head = new TextDecoder().decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const isList = isListOfRows(file.name, head);
  const splitter = isList ? itemsOfList() : linesOfText();
  const reader = source.stream().getReader();
  let done = 0;
  let line = 0;
  const take = (text: string): void => {
    line++;
    if (text.trim() !== '') columns.add(text, line);
  };
  try {
    for (;;) {
      const { value } = await reader.read();
      if (!value) break;
      done += value.length;
      splitter.push(decoder.decode(value, { stream: true })).forEach(take);
      if (columns.bytes > MOST_BYTES) {
        const whole = (columns.bytes * file.size) / done;
        return failure(tooLargeFile(file.name, whole, 'Leave out lines or keys.'));
      }
      onProgress?.(done, file.size);
    }
    if (!isCut) {
      splitter.push(decoder.decode()).forEach(take);
      splitter.finish().forEach(take);
    }
    return success(columns.finish());
  } catch (error) {
    if (error instanceof LineFault) {
      const place = isList ? 'row' : 'line';
      return unreadable(file.name, `cannot be read: ${place} ${error.line}: ${error.message}`);
    }
    if (error instanceof TypeError || error instanceof DOMException) {
      return unreadable(
        file.name,
        `is not written in utf-8 after line ${line}, or cannot be read to its end`,
      );
    }
    throw error;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function linesOfText(): Splitter {
  let pending = '';
  return {
    push(text) {
      const lines = (pending + text).split('\n');
      pending = lines.pop() ?? '';
      return lines;
    },
    finish: () => [pending],
  };
}

function itemsOfList(): Splitter {
  const items = new RowSplitter();
  return {
    // Between two commas there is a row, which blank lines are not.
    push: (text) => items.push(text).map((row) => (row.trim() === '' ? ',' : row)),
    // A list that does not end, or after which something comes, is refused as the row that is not whole.
    finish: () => (items.isDone && items.rest === '' ? [] : [`[${items.rest}`]),
  };
}

/** Cells by column, in the order in which their keys come. */
class JsonColumns {
  bytes = 0;
  private rows = 0;
  private readonly cells = new Map<string, Cell[]>();
  /** What the cells of a column are, once there is one. */
  private readonly forms = new Map<string, string>();

  add(text: string, line: number): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new LineFault('it is not JSON', line);
    }
    if (typeof value !== 'object' || value === null) {
      throw new LineFault('it is neither an object nor a list', line);
    }
    const entries = Array.isArray(value)
      ? value.map((cell: unknown, index) => [`column ${index + 1}`, cell] as const)
      : Object.entries(value);
    for (const [name, given] of entries) {
      const cell = cellOf(given, name, line);
      let column = this.cells.get(name);
      if (!column) {
        column = Array<Cell>(this.rows).fill(null);
        this.cells.set(name, column);
      }
      if (cell !== null) {
        const form = formOf(cell);
        const before = this.forms.get(name) ?? form;
        if (form !== before) {
          throw new LineFault(`“${name}” is ${form}, and ${before} before`, line);
        }
        this.forms.set(name, form);
      }
      column.push(cell);
      this.bytes += 4 * (Array.isArray(cell) ? cell.length : 1);
    }
    this.rows++;
    for (const column of this.cells.values()) if (column.length < this.rows) column.push(null);
  }

  finish(): Table {
    const { rows } = this;
    if (rows === 0) throw new LineFault('there is no line of values', 1);
    const names = uniqueNames([...this.cells.keys()]);
    const columns = [...this.cells.values()].map((cells, index) =>
      columnOf(names[index] ?? '', cells, rows),
    );
    return { rows, columns };
  }
}

function cellOf(value: unknown, name: string, line: number): Cell {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
  if (Array.isArray(value) && value.every((item): item is number => typeof item === 'number')) {
    return value;
  }
  throw new LineFault(`“${name}” is neither a number, a word nor a list of numbers`, line);
}

/** What cells of one column have in common. */
function formOf(cell: NonNullable<Cell>): string {
  if (typeof cell === 'string') return 'a word';
  return typeof cell === 'number' ? 'a number' : `a list of ${cell.length} numbers`;
}

function columnOf(name: string, cells: readonly Cell[], rows: number): TableColumn {
  const first = cells.find((cell) => cell !== null) ?? null;
  if (typeof first === 'string') {
    const builder = new TextColumnBuilder(name);
    for (const cell of cells) builder.add(typeof cell === 'string' ? cell : '');
    return builder.finish();
  }
  if (first === null || typeof first === 'number') {
    const values = Float32Array.from(cells, (cell) => (typeof cell === 'number' ? cell : NaN));
    return { kind: 'numbers', name, shape: [], values };
  }
  const size = first.length;
  const values = new Float32Array(rows * size).fill(NaN);
  cells.forEach((cell, row) => {
    if (Array.isArray(cell)) values.set(cell as readonly number[], row * size);
  });
  return { kind: 'numbers', name, shape: [size], values };
}
