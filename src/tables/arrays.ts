import type { Diagnostic } from '../core/diagnostic';
import { failure, success, type Result } from '../core/result';
import { formatWhole, pluralWhole } from '../core/formatNumber';
import { stemOf, type DataFile } from './dataFile';
import { uniqueNames } from './delimited';
import { tooLargeFile, unreadable } from './faults';
import { ArrayFault, readNpy, type NumberArray } from './npy';
import { cellSize, MOST_BYTES, type Table, type TableColumn } from './table';
import { unzip } from './unzip';

/** Columns that a matrix is taken apart into; of more it is one column of rows. */
const MOST_COLUMNS = 64;

/** Reads one NumPy array: its first index counts the rows. */
export async function readNpyFile(file: DataFile): Promise<Result<Table>> {
  const large = tooLarge(file);
  if (large) return large;
  try {
    const array = readNpy(new Uint8Array(await file.arrayBuffer()));
    return arraysTable(file.name, [[stemOf(file.name), array]]);
  } catch (error) {
    if (error instanceof ArrayFault) return unreadable(file.name, error.message);
    throw error;
  }
}

/** Reads an archive of NumPy arrays: those with as many rows as the longest. */
export async function readNpzFile(file: DataFile): Promise<Result<Table>> {
  const large = tooLarge(file);
  if (large) return large;
  const entries = unzip(new Uint8Array(await file.arrayBuffer()), file.name, (path) =>
    path.endsWith('.npy'),
  );
  if (!entries.ok) return entries;
  if (entries.value.size === 0) return unreadable(file.name, 'holds no NumPy arrays');
  const arrays: [string, NumberArray][] = [];
  for (const [path, bytes] of entries.value) {
    try {
      arrays.push([path.replace(/\.npy$/, ''), readNpy(bytes)]);
    } catch (error) {
      if (!(error instanceof ArrayFault)) throw error;
      return unreadable(file.name, `holds “${path}”, which ${error.message}`);
    }
  }
  return arraysTable(file.name, arrays);
}

function tooLarge({ name, size }: DataFile): Result<Table> | null {
  // An array of bytes becomes four times as large.
  return size <= MOST_BYTES
    ? null
    : failure(tooLargeFile(name, size, 'Save fewer rows, or numbers of fewer bits.'));
}

/** A table of arrays whose first index counts the rows. Those of another length are left out, and named. */
function arraysTable(
  fileName: string,
  arrays: readonly (readonly [string, NumberArray])[],
): Result<Table> {
  const rows = Math.max(0, ...arrays.map(([, { shape }]) => shape[0] ?? 0));
  if (rows === 0) return unreadable(fileName, 'holds no rows: its first index counts them');
  const others = arrays.filter(([, { shape }]) => shape[0] !== rows);
  const columns = arrays
    .filter(([, { shape }]) => shape[0] === rows)
    .flatMap(([name, array]) => columnsOf(name, array, rows));
  if (columns.length === 0) return unreadable(fileName, 'holds rows without a number in them');
  const names = uniqueNames(columns.map(({ name }) => name));
  const remarks = others.map(([name, { shape }]): Diagnostic => {
    const has = shape.length === 0 ? 'is one number' : `has ${pluralWhole(shape[0] ?? 0, 'row')}`;
    return {
      code: 'data.unreadable',
      severity: 'warning',
      message: `“${name}” of “${fileName}” ${has} and is left out: the others have ${formatWhole(rows)}.`,
    };
  });
  return success(
    { rows, columns: columns.map((column, index) => ({ ...column, name: names[index] ?? '' })) },
    remarks,
  );
}

function columnsOf(
  name: string,
  { shape: [, ...shape], values }: NumberArray,
  rows: number,
): TableColumn[] {
  const size = cellSize(shape);
  if (size === 0) return [];
  // Infinite numbers have no place on an axis or in a network: they count as missing.
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) values[i] = NaN;
  if (shape.length !== 1 || size > MOST_COLUMNS) return [{ kind: 'numbers', name, shape, values }];
  return Array.from({ length: size }, (_, column) => ({
    ...{ kind: 'numbers' as const, name: size === 1 ? name : `${name} ${column + 1}`, shape: [] },
    values: Float32Array.from({ length: rows }, (_, row) => values[row * size + column] ?? NaN),
  }));
}
