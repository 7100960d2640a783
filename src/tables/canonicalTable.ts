import type { Table, TableColumn } from './table';
import { cellSize } from './table';

/** What the bytes begin with: the format and its version. */
const MAGIC = 'basin-table-1\n';
const ALIGNMENT = 4;
/** The one NaN that stands for a missing cell, whatever made it. */
const MISSING = 0x7fc00000;

/** What the header says of a column; its values follow in the order of the columns. */
type ColumnHead =
  | { readonly kind: 'numbers'; readonly name: string; readonly shape: number[] }
  | { readonly kind: 'pixels'; readonly name: string; readonly shape: number[] }
  | { readonly kind: 'text'; readonly name: string; readonly words: string[] }
  | { readonly kind: 'notes'; readonly name: string };

interface Head {
  readonly rows: number;
  readonly columns: readonly ColumnHead[];
}

/**
 * The one sequence of bytes of a table, by which it is kept and hashed: a line that names the format, a line of JSON
 * that says what the columns are, spaces up to a multiple of four bytes, then the values of each column, little-endian,
 * each column padded with zeros to a multiple of four bytes.
 */
export function encodeTable({ rows, columns }: Table): Uint8Array<ArrayBuffer> {
  const head: Head = { rows, columns: columns.map(headOf) };
  const line = new TextEncoder().encode(`${MAGIC}${JSON.stringify(head)}\n`);
  const start = aligned(line.length);
  const sizes = columns.map((column) =>
    column.kind === 'notes' ? 0 : aligned(column.values.byteLength),
  );
  const bytes = new Uint8Array(start + sizes.reduce((sum, size) => sum + size, 0));
  bytes.set(line);
  bytes.fill(0x20, line.length, start);
  let offset = start;
  columns.forEach((column, index) => {
    if (column.kind === 'numbers') writeNumbers(bytes.buffer, offset, column.values);
    else if (column.kind === 'text') {
      const target = new DataView(bytes.buffer, offset);
      column.values.forEach((code, row) => target.setInt32(4 * row, code, true));
    } else if (column.kind === 'pixels') bytes.set(column.values, offset);
    offset += sizes[index] ?? 0;
  });
  return bytes;
}

/** Throws, with a message for the user, on bytes that are no table. */
export function decodeTable(buffer: ArrayBuffer): Table {
  const bytes = new Uint8Array(buffer);
  const end = bytes.indexOf(0x0a, MAGIC.length);
  const isTable = new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) === MAGIC && end > 0;
  if (!isTable) throw new Error('what is kept of it is damaged');
  const text = new TextDecoder().decode(bytes.subarray(MAGIC.length, end));
  const { rows, columns } = JSON.parse(text) as Head;
  let offset = aligned(end + 1);
  const take = (count: number, size: number): [ArrayBuffer, number, number] => {
    const from = offset;
    offset += aligned(count * size);
    if (offset > buffer.byteLength) throw new Error('what is kept of it is damaged');
    return [buffer, from, count];
  };
  return {
    rows,
    columns: columns.map((head): TableColumn => {
      switch (head.kind) {
        case 'numbers':
          return { ...head, values: new Float32Array(...take(rows * cellSize(head.shape), 4)) };
        case 'pixels':
          return { ...head, values: new Uint8Array(...take(rows * cellSize(head.shape), 1)) };
        case 'text':
          return { ...head, values: new Int32Array(...take(rows, 4)) };
        case 'notes':
          return head;
      }
    }),
  };
}

function headOf(column: TableColumn): ColumnHead {
  const { kind, name } = column;
  switch (kind) {
    case 'numbers':
    case 'pixels':
      return { kind, name, shape: [...column.shape] };
    case 'text':
      return { kind, name, words: [...column.words] };
    case 'notes':
      return { kind, name };
  }
}

function writeNumbers(buffer: ArrayBuffer, offset: number, values: Float32Array): void {
  const target = new DataView(buffer, offset);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) target.setUint32(4 * i, MISSING, true);
    // There is one zero.
    else target.setFloat32(4 * i, value === 0 ? 0 : value, true);
  }
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
