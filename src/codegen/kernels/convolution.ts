import { defined } from '../../core/invariant';
import { elementCount, type AnyValue, type ConvAttributes, type Value } from '../../ir/types';
import type { KernelWriter } from '../kernelWriter';
import type { Accumulation } from './accumulate';

type Convolution = Extract<
  AnyValue,
  { kind: 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient' }
>;

type Four = readonly [number, number, number, number];

function four(value: Value): Four {
  const [a, b, c, d] = value.shape;
  return [defined(a, 'extent'), defined(b, 'extent'), defined(c, 'extent'), defined(d, 'extent')];
}

/** A direct convolution or one of its gradients: each result is a sum of products, out of range ones being 0. */
export function convolutionAccumulation(value: Convolution): Accumulation {
  const first = defined(value.operands[0], 'first operand');
  const second = defined(value.operands[1], 'second operand');
  switch (value.kind) {
    case 'conv2d':
      return forward(value, first, second, value.attributes);
    case 'conv2dInputGradient':
      return inputGradient(value, first, second, value.attributes);
    case 'conv2dFilterGradient':
      return filterGradient(value, first, second, value.attributes);
  }
}

/** Splits a flat index into four coordinates. */
function coordinates(w: KernelWriter, index: string, [, b, c, d]: Four): string[] {
  return [
    w.let(`${index} / ${b * c * d}u`),
    w.let(`(${index} / ${c * d}u) % ${b}u`),
    w.let(`(${index} / ${d}u) % ${c}u`),
    w.let(`${index} % ${d}u`),
  ];
}

function flat(w: KernelWriter, parts: readonly string[], [, b, c, d]: Four): string {
  return w.let(`((${parts[0]} * ${b}u + ${parts[1]}) * ${c}u + ${parts[2]}) * ${d}u + ${parts[3]}`);
}

/** a·b where both are inside, else 0; outside, element 0 is read so that no index is out of range. */
function guarded(
  w: KernelWriter,
  inside: string,
  a: readonly [Value, string],
  b: readonly [Value, string],
): string {
  const ok = w.let(inside);
  const left = w.emit(a[0], w.let(`select(0u, ${a[1]}, ${ok})`));
  const right = w.emit(b[0], w.let(`select(0u, ${b[1]}, ${ok})`));
  return `select(0.0f, ${left} * ${right}, ${ok})`;
}

/** y[n,i,j,o] = Σ x[n, i·s + p − low, j·s + q − low, c] · f[p,q,c,o] over p, q, c. */
function forward(y: Value, x: Value, f: Value, attributes: ConvAttributes): Accumulation {
  const { strides, padding } = attributes;
  const [, height, width, channels] = four(x);
  const [filterHeight, filterWidth] = four(f);
  return {
    outputs: elementCount(y.shape),
    terms: filterHeight * filterWidth * channels,
    combine: 'sum',
    dtype: 'f32',
    sweep: null,
    term: (w, output, term) => {
      const [n = '', i = '', j = '', o = ''] = coordinates(w, output, four(y));
      const [p = '', q = '', c = ''] = [
        w.let(`${term} / ${filterWidth * channels}u`),
        w.let(`(${term} / ${channels}u) % ${filterWidth}u`),
        w.let(`${term} % ${channels}u`),
      ];
      const row = w.let(`${i} * ${strides[0]}u + ${p} - ${padding[0][0]}u`);
      const column = w.let(`${j} * ${strides[1]}u + ${q} - ${padding[1][0]}u`);
      return guarded(
        w,
        `${row} < ${height}u && ${column} < ${width}u`,
        [x, flat(w, [n, row, column, c], four(x))],
        [f, flat(w, [p, q, c, o], four(f))],
      );
    },
  };
}

/** dx[n,h,w,c] = Σ g[n,i,j,o] · f[p,q,c,o] over p, q, o, where i·s = h + low − p has a whole, valid solution. */
function inputGradient(dx: Value, g: Value, f: Value, attributes: ConvAttributes): Accumulation {
  const { strides, padding } = attributes;
  const [, height, width, outputs] = four(g);
  const [filterHeight, filterWidth] = four(f);
  return {
    outputs: elementCount(dx.shape),
    terms: filterHeight * filterWidth * outputs,
    combine: 'sum',
    dtype: 'f32',
    sweep: null,
    term: (w, output, term) => {
      const [n = '', h = '', v = '', c = ''] = coordinates(w, output, four(dx));
      const [p = '', q = '', o = ''] = [
        w.let(`${term} / ${filterWidth * outputs}u`),
        w.let(`(${term} / ${outputs}u) % ${filterWidth}u`),
        w.let(`${term} % ${outputs}u`),
      ];
      // A negative difference wraps to a huge number, whose quotient is out of range: strides are small.
      const row = w.let(`${h} + ${padding[0][0]}u - ${p}`);
      const column = w.let(`${v} + ${padding[1][0]}u - ${q}`);
      const i = w.let(`${row} / ${strides[0]}u`);
      const j = w.let(`${column} / ${strides[1]}u`);
      const whole = `${row} % ${strides[0]}u == 0u && ${column} % ${strides[1]}u == 0u`;
      return guarded(
        w,
        `${whole} && ${i} < ${height}u && ${j} < ${width}u`,
        [g, flat(w, [n, i, j, o], four(g))],
        [f, flat(w, [p, q, c, o], four(f))],
      );
    },
  };
}

/** df[p,q,c,o] = Σ x[n, i·s + p − low, j·s + q − low, c] · g[n,i,j,o] over n, i, j. */
function filterGradient(df: Value, x: Value, g: Value, attributes: ConvAttributes): Accumulation {
  const { strides, padding } = attributes;
  const [, height, width] = four(x);
  const [batch, resultHeight, resultWidth] = four(g);
  return {
    outputs: elementCount(df.shape),
    terms: batch * resultHeight * resultWidth,
    combine: 'sum',
    dtype: 'f32',
    sweep: null,
    term: (w, output, term) => {
      const [p = '', q = '', c = '', o = ''] = coordinates(w, output, four(df));
      const [n = '', i = '', j = ''] = [
        w.let(`${term} / ${resultHeight * resultWidth}u`),
        w.let(`(${term} / ${resultWidth}u) % ${resultHeight}u`),
        w.let(`${term} % ${resultWidth}u`),
      ];
      const row = w.let(`${i} * ${strides[0]}u + ${p} - ${padding[0][0]}u`);
      const column = w.let(`${j} * ${strides[1]}u + ${q} - ${padding[1][0]}u`);
      return guarded(
        w,
        `${row} < ${height}u && ${column} < ${width}u`,
        [x, flat(w, [n, row, column, c], four(x))],
        [g, flat(w, [n, i, j, o], four(g))],
      );
    },
  };
}
