import {
  classNumbers,
  codeNumbers,
  columnWidth,
  rowsOfChoice,
  type ColumnChoice,
} from './columnChoice';
import type { Table } from './table';

export interface Arrangement {
  readonly choice: ColumnChoice;
  /** What becomes of missing numbers: their row is left out, or the mean of the training rows stands for them. */
  readonly missing: 'drop' | 'mean';
  /** Each number less its mean over the training rows, divided by its standard deviation there. */
  readonly standardise: boolean;
  readonly trainRows: number;
  /** Where a row comes to stand among the rows that are used. */
  order(place: number, count: number): number;
}

export interface ArrangedTable {
  readonly x: Float32Array | null;
  readonly y: Float32Array | null;
  readonly labels: Int32Array | null;
}

/** The values of a table as a data set has them: rows that are used, in their order, training rows first. */
export function arrangeTable(table: Table, arrangement: Arrangement): ArrangedTable {
  const { choice, missing, order } = arrangement;
  const { whole, mendable } = rowsOfChoice(table, choice);
  const used = missing === 'drop' ? whole : mendable;
  const kept = Int32Array.from(used.keys()).filter((row) => used[row] === 1);
  const rows = kept.map((_, place) => kept[order(place, kept.length)] ?? 0);
  const label = choice.label === null ? undefined : table.columns[choice.label];
  const classes = label && classNumbers(label);
  return {
    x: group(table, choice.x, rows, arrangement),
    y: group(table, choice.y, rows, arrangement),
    labels: classes ? rows.map((row) => classes[row] ?? -1) : null,
  };
}

/** Columns side by side: `rows × Σ width`. */
function group(
  { columns }: Table,
  chosen: readonly number[],
  rows: Int32Array,
  { standardise, trainRows }: Arrangement,
): Float32Array | null {
  if (chosen.length === 0) return null;
  const parts = chosen.flatMap((index) => columns[index] ?? []);
  const width = parts.reduce((sum, part) => sum + columnWidth(part), 0);
  const values = new Float32Array(rows.length * width);
  let offset = 0;
  for (const part of parts) {
    const size = columnWidth(part);
    rows.forEach((row, place) => {
      const at = place * width + offset;
      if (part.kind === 'text') values.set(codeNumbers(part, row), at);
      else if (part.kind === 'numbers') {
        values.set(part.values.subarray(row * size, (row + 1) * size), at);
      } else if (part.kind === 'pixels') {
        for (let i = 0; i < size; i++) values[at + i] = (part.values[row * size + i] ?? 0) / 255;
      }
    });
    // Words are 0 or 1, and stay so.
    const scales = standardise && part.kind !== 'text';
    for (let i = offset; i < offset + size; i++) mend(values, i, width, trainRows, scales);
    offset += size;
  }
  return values;
}

/** Replaces what is missing of one number by its mean over the training rows, and brings it to scale. */
function mend(
  values: Float32Array,
  start: number,
  width: number,
  trainRows: number,
  scales: boolean,
): void {
  let [sum, squares, count] = [0, 0, 0];
  for (let row = 0; row < trainRows; row++) {
    const value = values[row * width + start] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  const mean = count === 0 ? 0 : sum / count;
  for (let row = 0; row < trainRows; row++) {
    const value = values[row * width + start] ?? NaN;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / Math.max(1, count));
  // A number that never changes tells nothing, and is 0.
  const scale = deviation > 0 ? 1 / deviation : 0;
  for (let at = start; at < values.length; at += width) {
    const value = values[at] ?? NaN;
    const mended = Number.isNaN(value) ? mean : value;
    values[at] = scales ? (mended - mean) * scale : mended;
  }
}
