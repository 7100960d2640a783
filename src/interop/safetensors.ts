import type { Diagnostic } from '../core/diagnostic';
import { invariant } from '../core/invariant';
import { failure, success, type Result } from '../core/result';
import { elementCount, type Shape } from '../ir/types';
import { repeatedKey } from './repeatedKey';
import { DTYPES, dtypeOf, isDtype, READABLE_DTYPES, type Dtype, type Numbers } from './tensorTypes';

/** One array of a safetensors file, row-major. What has 16 bits in the file has 32 here. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Numbers;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const HEADER_LENGTH_BYTES = 8;
/** The format's own limit on its header. */
const MAXIMUM_HEADER_BYTES = 100_000_000;
/** Data starts at a multiple of this, as the format asks of writers. */
const ALIGNMENT = 8;
const METADATA_KEY = '__metadata__';

/**
 * A file in the safetensors format (huggingface/safetensors): the length of the header as a little-endian u64, the
 * header as JSON, then the arrays, little-endian, in the header's order without gaps.
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  // Without a prototype, so that a tensor may be called `__proto__`.
  const header = Object.create(null) as Record<string, unknown>;
  header[METADATA_KEY] = metadata;
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    invariant(!Object.hasOwn(header, name), `the tensor name ${name} is free`);
    invariant(
      values.length === elementCount(shape),
      `${name} has as many values as its shape says`,
    );
    const dtype = dtypeOf(values);
    const end = offset + values.length * DTYPES[dtype].bytes;
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const start = HEADER_LENGTH_BYTES + padded;
  const bytes = new Uint8Array(start + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  // Spaces fill the header up: they are part of its JSON.
  bytes.fill(0x20, HEADER_LENGTH_BYTES, start);
  bytes.set(json, HEADER_LENGTH_BYTES);
  let at = start;
  for (const { values } of tensors) {
    const { bytes: size, write } = DTYPES[dtypeOf(values)];
    for (const value of values) {
      write(view, at, value);
      at += size;
    }
  }
  return bytes;
}

/**
 * Reads a safetensors file of the types in `DTYPES`. Nothing in the file is believed: lengths, offsets, shapes and
 * names are checked first, and the arrays are copies. Fails with `weights.file-mismatch`.
 */
export function readSafetensors(bytes: Uint8Array): Result<SafetensorsFile> {
  const header = readHeader(bytes);
  if (typeof header === 'string') return failure(damaged(header));
  const { entries, dataStart } = header;
  const dataLength = bytes.length - dataStart;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, dataLength);
  const tensors = new Map<string, NamedTensor>();
  let metadata: Readonly<Record<string, string>> = {};
  const spans: (readonly [number, number])[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (name === METADATA_KEY) {
      if (!isMetadata(entry)) return failure(damaged('its metadata is not a table of texts'));
      metadata = entry;
      continue;
    }
    const tensor = readEntry(name, entry, dataLength);
    if (typeof tensor === 'string') return failure(damaged(tensor));
    const { dtype, shape, start, end } = tensor;
    spans.push([start, end]);
    tensors.set(name, {
      name,
      shape,
      values: DTYPES[dtype].read(view, start, elementCount(shape)),
    });
  }
  const fault = spanFault(spans, dataLength);
  return fault === null ? success({ tensors, metadata }) : failure(damaged(fault));
}

function readHeader(
  bytes: Uint8Array,
): { entries: Record<string, unknown>; dataStart: number } | string {
  if (bytes.length < HEADER_LENGTH_BYTES) return 'it is too short to have a header';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getBigUint64(0, true);
  const available = bytes.length - HEADER_LENGTH_BYTES;
  if (length > BigInt(Math.min(available, MAXIMUM_HEADER_BYTES))) {
    return `its header is said to have ${length} bytes, but ${available} bytes follow`;
  }
  const dataStart = HEADER_LENGTH_BYTES + Number(length);
  let text: string;
  let entries: unknown;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    text = decoder.decode(bytes.subarray(HEADER_LENGTH_BYTES, dataStart));
    entries = JSON.parse(text);
  } catch {
    return 'its header is not JSON';
  }
  // Readers differ in which of the two they take: what the file holds would depend on who looks.
  const repeated = repeatedKey(text);
  if (repeated !== null) return `its header has “${repeated.slice(0, 100)}” twice`;
  return isRecord(entries) ? { entries, dataStart } : 'its header is not a JSON object';
}

interface Entry {
  readonly dtype: Dtype;
  readonly shape: number[];
  readonly start: number;
  readonly end: number;
}

function readEntry(name: string, entry: unknown, dataLength: number): Entry | string {
  const label = `“${name.slice(0, 100)}”`;
  if (!isRecord(entry)) return `the entry of ${label} is not an object`;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isDtype(dtype)) {
    const type = typeof dtype === 'string' ? `the type ${dtype.slice(0, 20)}` : 'no type';
    return `${label} has ${type}; ${READABLE_DTYPES} can be read`;
  }
  if (!isWholeNumbers(shape)) return `the shape of ${label} is not a list of whole numbers`;
  const [start, end] = isWholeNumbers(offsets) && offsets.length === 2 ? offsets : [];
  if (start === undefined || end === undefined || start > end || end > dataLength) {
    return `${label} lies outside the file`;
  }
  // A product of large extents may round, but never down to what a file can hold.
  if (elementCount(shape) * DTYPES[dtype].bytes !== end - start) {
    return `${label} has ${end - start} bytes, which is not what its shape ${shape.join('×')} needs`;
  }
  return { dtype, shape, start, end };
}

/** The format forbids overlaps and gaps: they are ways to hide something in a file. */
function spanFault(spans: (readonly [number, number])[], dataLength: number): string | null {
  let at = 0;
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (start !== at)
      return start < at ? 'its arrays overlap' : 'there is a gap between its arrays';
    at = end;
  }
  return at === dataLength ? null : 'there are bytes after its last array';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function isMetadata(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((item) => typeof item === 'string');
}

function damaged(reason: string): Diagnostic {
  return {
    code: 'weights.file-mismatch',
    severity: 'error',
    message: `The weights file cannot be read: ${reason}.`,
    hint: 'Choose a whole .safetensors file.',
  };
}
