import { formatWhole } from '../core/formatNumber';
import { cellSize, type Table, type TableColumn, type TextColumn } from './table';

/** Which columns are which value, counted from 0. */
export interface ColumnChoice {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly label: number | null;
}

/** Different words of a column that is a value: each is a number of its own, 0 or 1. */
export const MOST_CODES = 64;
/** Classes of labels at most. */
export const MOST_CLASSES = 1000;

/** Axes of a value, rows not counted. */
export const MOST_AXES = 4;

function isShallow(shape: readonly number[]): boolean {
  return shape.length <= MOST_AXES;
}

/** What follows from a choice, as far as the numbers of the table decide it. */
export interface ChosenFacts {
  /** Of a row; null where no column is chosen. */
  readonly xShape: readonly number[] | null;
  readonly yShape: readonly number[] | null;
  readonly classes: number | null;
  /** Rows in which no chosen cell is missing. */
  readonly complete: number;
  /** Rows that are left where missing numbers are replaced: a missing word is no number. */
  readonly mended: number;
}

/** Why a column cannot be what it is chosen for, as a sentence; null where it can. */
export function unfit(column: TableColumn, use: 'value' | 'label'): string | null {
  const name = `“${column.name}”`;
  if (column.kind === 'notes') return `${name} has too many different words.`;
  if (column.kind === 'text') {
    const most = use === 'value' ? MOST_CODES : MOST_CLASSES;
    const count = column.words.length;
    return count <= most
      ? null
      : `${name} has ${formatWhole(count)} different words; as a ${use} it may have ${most}.`;
  }
  if (use === 'value') {
    return isShallow(column.shape)
      ? null
      : `${name} has ${column.shape.length + 1} axes; ${MOST_AXES + 1} with the rows are read at most.`;
  }
  if (column.shape.length > 0) return `${name} has several numbers in a cell: it is no label.`;
  return labelValues(column) === null
    ? `${name} has more than ${formatWhole(MOST_CLASSES)} different numbers: it is no label.`
    : null;
}

/** Facts of a choice whose columns are fit for it. */
export function chosenFacts(table: Table, choice: ColumnChoice): ChosenFacts {
  const label = choice.label === null ? undefined : table.columns[choice.label];
  let [complete, mended] = [0, 0];
  const { whole, mendable } = rowsOfChoice(table, choice);
  for (let row = 0; row < table.rows; row++) {
    complete += whole[row] ?? 0;
    mended += mendable[row] ?? 0;
  }
  return {
    xShape: groupShape(choice.x.flatMap((index) => table.columns[index] ?? [])),
    yShape: groupShape(choice.y.flatMap((index) => table.columns[index] ?? [])),
    classes: label ? classesOf(label) : null,
    complete,
    mended,
  };
}

/** Numbers that a column gives to a row. */
export function columnWidth(column: TableColumn): number {
  if (column.kind === 'notes') return 0;
  return column.kind === 'text' ? column.words.length : cellSize(column.shape);
}

/** The shape of one column's cells, or a row of all numbers of several. */
function groupShape(columns: readonly TableColumn[]): readonly number[] | null {
  const [only] = columns;
  if (only === undefined) return null;
  const isShaped = columns.length === 1 && (only.kind === 'numbers' || only.kind === 'pixels');
  if (isShaped && only.shape.length > 0) return only.shape;
  return [columns.reduce((sum, column) => sum + columnWidth(column), 0)];
}

function classesOf(column: TableColumn): number | null {
  return column.kind === 'text' ? column.words.length : (labelValues(column)?.length ?? null);
}

/** The different numbers of a column, in order; null where they are too many to be classes. */
export function labelValues(column: TableColumn): readonly number[] | null {
  if (column.kind !== 'numbers' && column.kind !== 'pixels') return null;
  const seen = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) seen.add(value);
    if (seen.size > MOST_CLASSES) return null;
  }
  return [...seen].sort((a, b) => a - b);
}

/** For each row 1 or 0: whether no chosen cell is missing, and whether none is but numbers that are a value. */
export function rowsOfChoice(
  { rows, columns }: Table,
  { x, y, label }: ColumnChoice,
): { readonly whole: Uint8Array; readonly mendable: Uint8Array } {
  const whole = new Uint8Array(rows).fill(1);
  const mendable = new Uint8Array(rows).fill(1);
  const values = new Set([...x, ...y]);
  for (const index of new Set([...values, ...(label === null ? [] : [label])])) {
    const column = columns[index];
    if (column?.kind === 'text') {
      column.values.forEach((code, row) => {
        if (code < 0) whole[row] = mendable[row] = 0;
      });
    } else if (column?.kind === 'numbers') {
      const size = cellSize(column.shape);
      for (let i = 0; i < column.values.length; i++) {
        if (!Number.isNaN(column.values[i])) continue;
        const row = Math.floor(i / size);
        whole[row] = 0;
        if (index === label) mendable[row] = 0;
      }
    }
  }
  return { whole, mendable };
}

/**
 * What a table is taken for until somebody says otherwise: its last column of few words, or one that is called so, is
 * the label; every number is the value.
 */
export function usualChoice({ columns }: Table, values: 'x' | 'y' = 'x'): ColumnChoice {
  const isLabel = (column: TableColumn): boolean =>
    (column.kind === 'text' && column.words.length > 1 && column.words.length <= MOST_CODES) ||
    (/^(?:label|class|target|species|category|digit|y)s?$/i.test(column.name) &&
      column.kind === 'numbers' &&
      column.shape.length === 0 &&
      (labelValues(column)?.length ?? Infinity) <= MOST_CODES &&
      (labelValues(column) ?? []).every(Number.isInteger));
  const label = columns.findLastIndex(isLabel);
  // A column without a value, as a delimiter at the end of each line makes one, would leave no row whole.
  const hasValue = (column: TableColumn): boolean =>
    column.kind === 'pixels' ||
    (column.kind === 'numbers' && !column.values.every(Number.isNaN) && isShallow(column.shape));
  const numbers = columns.flatMap((column, index) =>
    index !== label && hasValue(column) ? [index] : [],
  );
  const choice = { x: [], y: [], label: label < 0 ? null : label };
  return { ...choice, [values]: numbers };
}

/** The class number of each row of a label column, −1 where it is missing. */
export function classNumbers(column: TableColumn): Int32Array {
  if (column.kind === 'text') return column.values;
  const places = new Map((labelValues(column) ?? []).map((value, place) => [value, place]));
  const values = column.kind === 'notes' ? [] : column.values;
  return Int32Array.from(values, (value) => places.get(value) ?? -1);
}

/** Whether a cell of words is the word of a code: 1 or 0. */
export function codeNumbers({ values, words }: TextColumn, row: number): Float32Array {
  const numbers = new Float32Array(words.length);
  const code = values[row] ?? -1;
  if (code >= 0) numbers[code] = 1;
  return numbers;
}
