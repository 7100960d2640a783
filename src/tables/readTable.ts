import { success, type Result } from '../core/result';
import { readNpyFile, readNpzFile } from './arrays';
import { endingOf, type DataFile, type OnProgress } from './dataFile';
import { readDelimited } from './delimited';
import { detectDialect, detectEncoding, judgeColumns } from './detectDialect';
import { unreadable } from './faults';
import { readJsonLines } from './jsonLines';
import type { Reading } from './reading';
import type { Table } from './table';

/** Bytes of a file that the way it is written is found out by. */
const HEAD_BYTES = 2 ** 18;

const NPY_START = '\x93NUMPY';
const ZIP_START = 'PK\x03\x04';

/** How a file is to be read, by its first bytes and its name. Fails on what is no table. */
export async function detectReading(file: DataFile): Promise<Result<Reading>> {
  let head: Uint8Array<ArrayBuffer>;
  try {
    head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return unreadable(file.name, 'cannot be read: it is a folder, or it was moved or changed');
  }
  if (head.length === 0) return unreadable(file.name, 'is empty');
  const start = String.fromCharCode(...head.subarray(0, 6));
  if (start === NPY_START) return success({ format: 'npy', dialect: null });
  if (start.startsWith(ZIP_START) || endingOf(file.name) === 'npz') {
    return success({ format: 'npz', dialect: null });
  }
  if (endingOf(file.name) === 'npy') return unreadable(file.name, 'is no NumPy array');
  const encoding = detectEncoding(head);
  const isWhole = head.length === file.size;
  const text = new TextDecoder(encoding).decode(head, { stream: !isWhole });
  if (text.includes('\0'))
    return unreadable(file.name, 'is no table: it has bytes that no text has');
  if (isWhole && text.trim() === '') return unreadable(file.name, 'has blank lines only');
  if (['jsonl', 'ndjson'].includes(endingOf(file.name)) || isJsonLine(text)) {
    return success({ format: 'json-lines', dialect: null });
  }
  return success({ format: 'delimited', dialect: detectDialect(text, encoding, isWhole) });
}

/** The reading with columns judged anew: as its cells are told apart now, others are words than before. */
export async function judgeReading(file: DataFile, reading: Reading): Promise<Reading> {
  const { dialect } = reading;
  if (dialect === null) return reading;
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const isWhole = head.length === file.size;
  const text = new TextDecoder(dialect.encoding).decode(head, { stream: !isWhole });
  return { ...reading, dialect: judgeColumns(text, dialect, isWhole) };
}

/** Reads a file as a table: all of it, or what is in its first bytes where the format lets it be cut. */
export function readTable(
  file: DataFile,
  { format, dialect }: Reading,
  options: { readonly within?: number; readonly onProgress?: OnProgress } = {},
): Promise<Result<Table>> {
  switch (format) {
    case 'npy':
      return readNpyFile(file);
    case 'npz':
      return readNpzFile(file);
    case 'json-lines':
      return readJsonLines(file, options);
    case 'delimited':
      return dialect
        ? readDelimited(file, dialect, options)
        : Promise.resolve(unreadable(file.name, 'needs to be told how its cells are written'));
  }
}

/** Whether the first line is JSON, not a table whose first name is in brackets; one that is cut may be. */
function isJsonLine(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const [line = '', ...others] = text.trimStart().split('\n', 2);
  try {
    JSON.parse(line);
    return true;
  } catch {
    return others.length === 0 || /^[[{]\s*(?:$|["{[\d-])/.test(line);
  }
}
