import { formatNumber } from '../core/formatNumber';
import { cellSize, type Table, type TableColumn } from './table';

/** What is shown of a column before it is used. */
export interface ColumnSummary {
  readonly name: string;
  readonly kind: TableColumn['kind'];
  readonly shape: readonly number[];
  /** Least and greatest number; null where there is none. */
  readonly range: readonly [number, number] | null;
  /** Different words. */
  readonly words: number | null;
  /** Rows in which it is missing. */
  readonly missing: number;
  /** The first cells, in words. */
  readonly examples: readonly string[];
}

const EXAMPLES = 6;

export function describeColumns({ rows, columns }: Table): ColumnSummary[] {
  return columns.map((column) => {
    const { name, kind } = column;
    const shape = 'shape' in column ? column.shape : [];
    return {
      ...{ name, kind, shape },
      range: rangeOf(column),
      words: column.kind === 'text' ? column.words.length : null,
      missing: missingRows(column, rows),
      examples: Array.from({ length: Math.min(rows, EXAMPLES) }, (_, row) => cellText(column, row)),
    };
  });
}

function rangeOf(column: TableColumn): [number, number] | null {
  if (column.kind !== 'numbers' && column.kind !== 'pixels') return null;
  let [least, most] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return null;
  return column.kind === 'pixels' ? [least / 255, most / 255] : [least, most];
}

function missingRows(column: TableColumn, rows: number): number {
  if (column.kind === 'text') return column.values.filter((code) => code < 0).length;
  if (column.kind !== 'numbers') return 0;
  const size = cellSize(column.shape);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (column.values.subarray(row * size, (row + 1) * size).some(Number.isNaN)) count++;
  }
  return count;
}

function cellText(column: TableColumn, row: number): string {
  if (column.kind === 'notes') return '…';
  if (column.kind === 'text') return column.words[column.values[row] ?? -1] ?? '';
  const size = cellSize(column.shape);
  const value = column.values[row * size] ?? NaN;
  if (size > 1) return `${column.shape.join('×')} numbers`;
  return Number.isNaN(value) ? '' : formatNumber(value);
}
