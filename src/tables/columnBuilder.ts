import { isMissing, isNoNumber, parseNumber, type Dialect } from './dialect';
import { MOST_WORDS, type TableColumn } from './table';

/** A column that grows row by row. */
export interface ColumnBuilder {
  /** Adds a cell; false where it is none of the column's. */
  add(cell: string): boolean;
  finish(): TableColumn;
}

/** Room that a column begins with: little, since a table may have many. */
const FIRST_ROWS = 64;

export class NumberColumnBuilder implements ColumnBuilder {
  private values = new Float32Array(FIRST_ROWS);
  private rows = 0;

  constructor(
    private readonly name: string,
    private readonly decimal: Dialect['decimal'],
  ) {}

  add(cell: string): boolean {
    const value = parseNumber(cell, this.decimal) ?? (isNoNumber(cell) ? NaN : null);
    if (value === null || (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))) {
      return false;
    }
    if (this.rows === this.values.length) {
      const larger = new Float32Array(2 * this.rows);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.rows++] = value;
    return true;
  }

  finish(): TableColumn {
    return {
      ...{ kind: 'numbers', name: this.name, shape: [] },
      values: this.values.slice(0, this.rows),
    };
  }
}

export class TextColumnBuilder implements ColumnBuilder {
  private values = new Int32Array(FIRST_ROWS);
  private rows = 0;
  /** Null once there are too many words. */
  private codes: Map<string, number> | null = new Map();

  constructor(private readonly name: string) {}

  add(cell: string): boolean {
    if (this.codes === null) return true;
    if (this.rows === this.values.length) {
      const larger = new Int32Array(2 * this.rows);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.rows++] = isMissing(cell) ? -1 : this.codeOf(this.codes, cell.trim());
    return true;
  }

  finish(): TableColumn {
    const { name, codes, values, rows } = this;
    if (codes === null) return { kind: 'notes', name };
    const words = [...codes.keys()].sort();
    const places = new Int32Array(words.length);
    words.forEach((word, place) => (places[codes.get(word) ?? 0] = place));
    return {
      ...{ kind: 'text', name, words },
      values: values.slice(0, rows).map((code) => (code < 0 ? -1 : (places[code] ?? -1))),
    };
  }

  private codeOf(codes: Map<string, number>, word: string): number {
    const known = codes.get(word);
    if (known !== undefined) return known;
    if (codes.size === MOST_WORDS) {
      this.codes = null;
      this.values = new Int32Array(0);
      return -1;
    }
    codes.set(word, codes.size);
    return codes.size - 1;
  }
}
