import type { BinaryOp, Comparison } from '../../ir/types';

/**
 * Plain loops over tensor memory, for what TensorFlow.js's wasm kernels lack or do many times slower: they
 * call a function pointer and recompute an index for every element (gathering 256 rows of 784: 12 ms there,
 * 0.1 ms here). Each operand has a stride of 1, or 0 when it is one number for all elements.
 */

export type HostView = Float32Array | Int32Array | Uint8Array;
/** The same memory as integers, so that choosing between two values needs no branch. */
export type BitView = Int32Array | Uint8Array;

interface Operand<View> {
  readonly view: View;
  readonly stride: 0 | 1;
}

type CompareLoop = (
  left: HostView,
  leftStride: number,
  right: HostView,
  rightStride: number,
  result: Uint8Array,
) => void;

// One literal loop for each comparison: a shared one with a callback would call it for every element.
const COMPARE_LOOPS: { readonly [K in Comparison]: CompareLoop } = {
  lt: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) < (b[i * q] as number));
  },
  le: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) <= (b[i * q] as number));
  },
  gt: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) > (b[i * q] as number));
  },
  ge: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) >= (b[i * q] as number));
  },
  eq: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) === (b[i * q] as number));
  },
  ne: (a, p, b, q, out) => {
    for (let i = 0; i < out.length; i++)
      out[i] = Number((a[i * p] as number) !== (b[i * q] as number));
  },
};

/** Writes 1 where the comparison holds, else 0. Comparing with NaN is false, but for `ne`. */
export function compareLoop(
  op: Comparison,
  left: Operand<HostView>,
  right: Operand<HostView>,
  result: Uint8Array,
): void {
  COMPARE_LOOPS[op](left.view, left.stride, right.view, right.stride, result);
}

/** Writes `then` where the condition is 1 and `otherwise` where it is 0, bit by bit. */
export function selectLoop(
  condition: Operand<Uint8Array>,
  then: Operand<BitView>,
  otherwise: Operand<BitView>,
  result: BitView,
): void {
  const { view: mask, stride: maskStride } = condition;
  const { view: a, stride: p } = then;
  const { view: b, stride: q } = otherwise;
  for (let i = 0; i < result.length; i++) {
    const bits = -(mask[i * maskStride] as number);
    result[i] = ((a[i * p] as number) & bits) | ((b[i * q] as number) & ~bits);
  }
}

export function logicalLoop(
  op: Extract<BinaryOp, 'and' | 'or'>,
  left: Operand<Uint8Array>,
  right: Operand<Uint8Array>,
  result: Uint8Array,
): void {
  const { view: a, stride: p } = left;
  const { view: b, stride: q } = right;
  if (op === 'and')
    for (let i = 0; i < result.length; i++) result[i] = (a[i * p] as number) & (b[i * q] as number);
  else
    for (let i = 0; i < result.length; i++) result[i] = (a[i * p] as number) | (b[i * q] as number);
}

/**
 * tanh x as a quotient of polynomials of degrees 13 and 6 on [−9, 9], beyond which it is ±1 in float32; within
 * 2·10⁻⁷ of itself. Source: Eigen's `generic_fast_tanh_float`. The wasm kernel and `Math.tanh` take ten times
 * as long.
 */
export function tanhLoop(source: Float32Array, result: Float32Array): void {
  for (let i = 0; i < result.length; i++) {
    const x = Math.min(9, Math.max(-9, source[i] as number));
    const s = x * x;
    let p = s * -2.76076847742355e-16 + 2.00018790482477e-13;
    p = s * p - 8.60467152213735e-11;
    p = s * p + 5.12229709037114e-8;
    p = s * p + 1.48572235717979e-5;
    p = s * p + 6.37261928875436e-4;
    p = s * p + 4.89352455891786e-3;
    let q = s * 1.19825839466702e-6 + 1.18534705686654e-4;
    q = s * q + 2.268434632439e-3;
    q = s * q + 4.89352518554385e-3;
    result[i] = (x * p) / q;
  }
}

/** result[o, r, i] = source[o, i]: repeats a middle axis of extent `count`. */
export function repeatLoop(source: HostView, count: number, inner: number, result: HostView): void {
  const outer = source.length / inner;
  for (let o = 0; o < outer; o++) {
    const start = o * count * inner;
    const end = start + count * inner;
    if (inner === 1) {
      result.fill(source[o] as number, start, end);
      continue;
    }
    result.set(source.subarray(o * inner, (o + 1) * inner), start);
    // Doubling: the part that is already there is copied behind itself.
    for (let filled = inner; start + filled < end; filled *= 2) {
      result.copyWithin(start + filled, start, Math.min(start + filled, end - filled));
    }
  }
}

/** result[i, …] = table[indices[i], …], rows of `inner` elements. */
export function gatherLoop(
  table: HostView,
  indices: Int32Array,
  inner: number,
  result: HostView,
): void {
  if (inner === 1) {
    for (let i = 0; i < indices.length; i++) result[i] = table[indices[i] as number] as number;
    return;
  }
  for (let i = 0; i < indices.length; i++) {
    const start = (indices[i] as number) * inner;
    result.set(table.subarray(start, start + inner), i * inner);
  }
}

/** result[o, i] = Σ_r source[o, r, i], added up in float64 and rounded once. */
export function sumLoop(source: HostView, count: number, inner: number, result: HostView): void {
  const outer = result.length / inner;
  if (inner === 1) {
    for (let o = 0; o < outer; o++) {
      let total = 0;
      const end = (o + 1) * count;
      for (let index = o * count; index < end; index++) total += source[index] as number;
      result[o] = total;
    }
    return;
  }
  const totals = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    totals.fill(0);
    for (let r = 0; r < count; r++) {
      const row = (o * count + r) * inner;
      for (let i = 0; i < inner; i++)
        totals[i] = (totals[i] as number) + (source[row + i] as number);
    }
    result.set(totals, o * inner);
  }
}

/** result[o, i] = extreme over r of source[o, r, i]; NaN when one of them is NaN. */
export function extremeLoop(
  kind: 'max' | 'min',
  source: HostView,
  count: number,
  inner: number,
  result: HostView,
): void {
  const outer = result.length / inner;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * count * inner + i;
      let extreme = source[start] as number;
      for (let r = 1; r < count; r++) {
        const candidate = source[start + r * inner] as number;
        extreme = kind === 'max' ? Math.max(extreme, candidate) : Math.min(extreme, candidate);
      }
      result[o * inner + i] = extreme;
    }
  }
}

/** Index of the first extreme over r of source[o, r, i]. */
export function argExtremeLoop(
  kind: 'max' | 'min',
  source: HostView,
  count: number,
  inner: number,
  result: Int32Array,
): void {
  const outer = result.length / inner;
  const sign = kind === 'max' ? 1 : -1;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * count * inner + i;
      let best = 0;
      let extreme = sign * (source[start] as number);
      for (let r = 1; r < count; r++) {
        const candidate = sign * (source[start + r * inner] as number);
        if (candidate > extreme) {
          extreme = candidate;
          best = r;
        }
      }
      result[o * inner + i] = best;
    }
  }
}

/** Puts zeros between rows and columns: result[n, y·s, x·t, :] = source[n, y, x, :], else 0. */
export function dilateLoop(
  source: HostView,
  [batch, height, width, channels]: readonly [number, number, number, number],
  [rowStride, columnStride]: readonly [number, number],
  result: HostView,
): void {
  const resultHeight = (height - 1) * rowStride + 1;
  const resultWidth = (width - 1) * columnStride + 1;
  result.fill(0);
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = ((n * height + y) * width + x) * channels;
        const to = ((n * resultHeight + y * rowStride) * resultWidth + x * columnStride) * channels;
        for (let c = 0; c < channels; c++) result[to + c] = source[from + c] as number;
      }
    }
  }
}
