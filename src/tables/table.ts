/** A column of numbers, or of arrays of them: `rows × …shape`, NaN where a cell is missing. */
export interface NumberColumn {
  readonly kind: 'numbers';
  readonly name: string;
  /** Of one cell; empty for a number. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A column of pixels: `rows × …shape`, 255 stands for 1. None is missing. */
export interface PixelColumn {
  readonly kind: 'pixels';
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** A column of words: where each row's stands in `words`, −1 where it is missing. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: Int32Array;
  /** Each once, in the order of their code units. */
  readonly words: readonly string[];
}

/** A column of more different words than are told apart: only its name is kept. */
export interface NotesColumn {
  readonly kind: 'notes';
  readonly name: string;
}

export type TableColumn = NumberColumn | PixelColumn | TextColumn | NotesColumn;

/** Data that somebody brought: what a file was read as. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly TableColumn[];
}

/** Different words of a column that are told apart. */
export const MOST_WORDS = 4096;

/** Bytes of a table that are held in memory at all. */
export const MOST_BYTES = 2 ** 29;

/** Numbers of one cell. */
export function cellSize(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Bytes that the values of a table take. */
export function tableBytes({ columns }: Table): number {
  return columns.reduce(
    (sum, column) => sum + (column.kind === 'notes' ? 0 : column.values.byteLength),
    0,
  );
}
