/** Numbers of an array in memory. */
export type Numbers = Float32Array | Int32Array | Float64Array;

interface TensorType {
  /** Of a number in the file. */
  readonly bytes: number;
  /** `count` numbers from `start` on, little-endian. */
  read(view: DataView, start: number, count: number): Numbers;
  write(view: DataView, at: number, value: number): void;
}

export type Dtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I32';

/** The types of numbers that are read, as the safetensors format calls them. Those of 16 bits are never written. */
export const DTYPES: Readonly<Record<Dtype, TensorType>> = {
  F64: {
    bytes: 8,
    read: (view, start, count) =>
      Float64Array.from({ length: count }, (_, i) => view.getFloat64(start + 8 * i, true)),
    write: (view, at, value) => view.setFloat64(at, value, true),
  },
  F32: {
    bytes: 4,
    read: (view, start, count) =>
      Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true)),
    write: (view, at, value) => view.setFloat32(at, value, true),
  },
  F16: {
    bytes: 2,
    read: (view, start, count) =>
      Float32Array.from({ length: count }, (_, i) => fromHalf(view.getUint16(start + 2 * i, true))),
    write: neverWritten,
  },
  BF16: {
    bytes: 2,
    // The upper half of a float32.
    read: (view, start, count) => {
      const bits = Uint32Array.from(
        { length: count },
        (_, i) => view.getUint16(start + 2 * i, true) << 16,
      );
      return new Float32Array(bits.buffer);
    },
    write: neverWritten,
  },
  I32: {
    bytes: 4,
    read: (view, start, count) =>
      Int32Array.from({ length: count }, (_, i) => view.getInt32(start + 4 * i, true)),
    write: (view, at, value) => view.setInt32(at, value, true),
  },
};

/** For a message. */
export const READABLE_DTYPES = Object.keys(DTYPES)
  .join(', ')
  .replace(/, ([^,]*)$/, ' and $1');

export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(DTYPES, name);
}

/** How an array is written. */
export function dtypeOf(values: Numbers): Dtype {
  if (values instanceof Int32Array) return 'I32';
  return values instanceof Float64Array ? 'F64' : 'F32';
}

/**
 * IEEE 754 binary16: one bit of sign, five of the exponent with a bias of 15, ten of the fraction; without a leading 1 where the
 * exponent is 0, and infinite or not a number where it is 31.
 */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function neverWritten(): never {
  throw new Error('Numbers of 16 bits are read only.');
}
