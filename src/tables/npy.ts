import { cellSize } from './table';

/** An array of numbers, rows first. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Why a file is no array that can be read: the rest of a sentence about it. */
export class ArrayFault extends Error {}

type ReadNumber = (view: DataView, offset: number, isLittle: boolean) => number;

/** Types of numbers by NumPy's letter and size: how wide one is, and how it is read. */
const TYPES: Readonly<Record<string, readonly [bytes: number, read: ReadNumber]>> = {
  b1: [1, (view, at) => (view.getUint8(at) === 0 ? 0 : 1)],
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  f2: [2, (view, at, little) => halfNumber(view.getUint16(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
};

/** Arrays of these numbers at most. */
const MOST_NUMBERS = 2 ** 28;

/**
 * Reads an array in NumPy's format, versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html):
 * any byte order, Fortran order too, which the packages for it leave alone. Throws `ArrayFault`.
 */
export function readNpy(bytes: Uint8Array<ArrayBuffer>): NumberArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length >= 10 && bytes[0] === 0x93 && asciiAt(bytes, 1, 6) === 'NUMPY';
  if (!isNpy) throw new ArrayFault('is no NumPy array');
  const isLong = (bytes[6] ?? 1) > 1;
  const start = isLong ? 12 : 10;
  if (bytes.length < start) throw new ArrayFault('ends within its head');
  const headLength = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  if (bytes.length < start + headLength) throw new ArrayFault('ends within its head');
  const head = new TextDecoder().decode(bytes.subarray(start, start + headLength));

  const type = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z][0-9]*)'/.exec(head);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(head)?.[1];
  const extents = /'shape'\s*:\s*\(([0-9,\s]*)\)/.exec(head)?.[1];
  if (order === undefined || extents === undefined) throw new ArrayFault('has a damaged head');
  const found = type ? TYPES[type[2] ?? ''] : undefined;
  if (!found) {
    const name = /'descr'\s*:\s*('[^']*'|\[)/.exec(head)?.[1] ?? 'of an unknown type';
    throw new ArrayFault(
      `holds ${name === '[' ? 'records' : `values of type ${name}`}, and only numbers are read`,
    );
  }
  const shape = extents.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)]));
  const count = cellSize(shape);
  const [width, read] = found;
  if (count > MOST_NUMBERS) throw new ArrayFault(`holds ${count} numbers, over the limit`);
  const offset = start + headLength;
  if (bytes.length < offset + count * width) {
    throw new ArrayFault(
      `is cut: it has ${bytes.length - offset} of ${count * width} bytes of values`,
    );
  }
  const isLittle = type?.[1] !== '>';
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, offset + i * width, isLittle);
  return { shape, values: order === 'True' ? rowsFirst(values, shape) : values };
}

/** From the order in which the first index runs fastest to the one in which the last does. */
function rowsFirst(values: Float32Array, shape: readonly number[]): Float32Array {
  const ordered = new Float32Array(values.length);
  const index = shape.map(() => 0);
  const strides: number[] = [];
  let stride = 1;
  for (const extent of shape) {
    strides.push(stride);
    stride *= extent;
  }
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    ordered[to] = values[from] ?? NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if ((index[axis] ?? 0) < (shape[axis] ?? 0)) break;
      from -= (strides[axis] ?? 0) * (shape[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return ordered;
}

/** A number of 16 bits: sign, five of exponent, ten of fraction (IEEE 754 binary16). */
export function halfNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function asciiAt(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
