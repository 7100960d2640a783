import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import { COMPARE } from '../../ir/scalarFunctions';
import {
  elementCount,
  sameShape,
  type DType,
  type OpKind,
  type Shape,
  type Value,
} from '../../ir/types';
import {
  asKind,
  constantOf,
  isPlain,
  operandOf,
  scaled,
  sinkBroadcast,
  unaryOperand,
  type Application,
} from './application';
import { rewriteBinary, rewriteUnary } from './elementwiseRewrites';
import { isSymmetric } from './symmetry';

/**
 * A cheaper value that is equal to the application, or null. Equal means equal as real numbers: a rule may
 * change rounding, but keeps infinities and NaN where they were.
 */
type Rule<K extends OpKind> = (b: Builder, application: Application<K>) => Value | null;

const keep: Rule<OpKind> = () => null;

/** A constant stays the same constant under any rearrangement. */
function constantLike(b: Builder, application: Application, x: Value): Value | null {
  const constant = constantOf(x);
  return constant === null ? null : b.constant(constant, application.shape, application.dtype);
}

const RULES: { readonly [K in OpKind]: Rule<K> } = {
  input: keep,
  constant: keep,
  literal: (b, { attributes: { values }, shape, dtype }) => {
    const [first] = values;
    const uniform = first !== undefined && values.every((value) => Object.is(value, first));
    return uniform && !Number.isNaN(first) ? b.constant(first, shape, dtype) : null;
  },
  iota: (b, { attributes: { axis }, shape }) =>
    shape[axis] === 1 ? b.constant(0, shape, 'i32') : null,
  random: keep,
  sampleRows: keep,
  iteration: keep,
  carried: keep,
  repeatResult: keep,

  unary: rewriteUnary,
  binary: rewriteBinary,
  compare: (b, application) => {
    const left = constantOf(operandOf(application, 0));
    const right = constantOf(operandOf(application, 1));
    if (left === null || right === null) return null;
    const holds = COMPARE[application.attributes.op](left, right);
    return b.constant(holds ? 1 : 0, application.shape, 'bool');
  },
  select: (b, application) => {
    const [condition, then, otherwise] = [0, 1, 2].map((index) => operandOf(application, index));
    const [c, x, y] = [defined(condition, 'c'), defined(then, 'then'), defined(otherwise, 'else')];
    const known = constantOf(c);
    if (known !== null) return known !== 0 ? x : y;
    // c ? x : x = x
    if (x === y) return x;
    // ¬c ? x : y = c ? y : x
    const inverse = unaryOperand(c, 'not');
    return inverse ? b.select(inverse, y, x) : null;
  },
  cast: (b, application) => {
    const { to } = application.attributes;
    const x = operandOf(application, 0);
    if (x.dtype === to) return x;
    const constant = constantOf(x);
    if (constant !== null) return b.constant(castNumber(constant, to), application.shape, to);
    // Any type holds 0 and 1, so what started as bool needs no step between.
    const inner = asKind(x, 'cast');
    const from = inner && operandOf(inner, 0);
    if (from?.dtype === 'bool') return b.cast(from, to);
    return sinkBroadcast(b, x, (small) => b.cast(small, to));
  },
  // Differentiation is over.
  stopGradient: (_, application) => operandOf(application, 0),

  reshape: (b, application) => {
    const x = operandOf(application, 0);
    const { shape } = application;
    if (sameShape(x.shape, shape)) return x;
    const literal = asKind(x, 'literal');
    if (literal) return b.literal(literal.attributes.values, shape, literal.dtype);
    const inner = asKind(x, 'reshape');
    return inner ? b.reshape(operandOf(inner, 0), shape) : constantLike(b, application, x);
  },
  transpose: (b, application) => {
    const x = operandOf(application, 0);
    const { permutation } = application.attributes;
    const moved = permutation.filter((axis) => x.shape[axis] !== 1);
    // Only extents of 1 change places: the elements stay where they are.
    if (moved.every((axis, index) => index === 0 || axis > defined(moved[index - 1], 'axis'))) {
      return b.reshape(x, application.shape);
    }
    const inner = asKind(x, 'transpose');
    if (inner) {
      const composed = permutation.map((axis) =>
        defined(inner.attributes.permutation[axis], 'axis'),
      );
      return b.transpose(operandOf(inner, 0), composed);
    }
    if (swapsLastAxes(permutation) && isSymmetric(x)) return x;
    // (A·B)ᵀ = Bᵀ·Aᵀ
    const dot = asKind(x, 'dot');
    if (dot && swapsLastAxes(permutation) && application.usedOnce(0)) {
      return b.dot(operandOf(dot, 1), operandOf(dot, 0), {
        left: !dot.attributes.transposeRight,
        right: !dot.attributes.transposeLeft,
      });
    }
    return constantLike(b, application, x);
  },
  broadcast: (b, application) => {
    const x = operandOf(application, 0);
    const { shape } = application;
    const { axes } = application.attributes;
    if (elementCount(x.shape) === elementCount(shape)) return b.reshape(x, shape);
    const inner = asKind(x, 'broadcast');
    if (inner) {
      const composed = inner.attributes.axes.map((axis) => defined(axes[axis], 'axis'));
      return b.broadcast(operandOf(inner, 0), shape, composed);
    }
    // Extents of 1 that a reshape put in or took out say nothing to a broadcast.
    const reshaped = asKind(x, 'reshape');
    if (reshaped) {
      const from = operandOf(reshaped, 0);
      const kept = x.shape.flatMap((extent, axis) => (extent === 1 ? [] : [axis]));
      const extents = kept.map((axis) => defined(x.shape[axis], 'extent'));
      if (sameShape(extents, from.shape)) {
        return b.broadcast(
          from,
          shape,
          kept.map((axis) => defined(axes[axis], 'axis')),
        );
      }
    }
    return constantLike(b, application, x);
  },
  slice: (b, application) => {
    const x = operandOf(application, 0);
    const { start, end } = application.attributes;
    if (sameShape(x.shape, application.shape)) return x;
    const inner = asKind(x, 'slice');
    if (inner) {
      const shift = inner.attributes.start;
      return b.slice(operandOf(inner, 0), plus(start, shift), plus(end, shift));
    }
    return (
      sliceOfPad(b, x, start, end) ??
      sliceOfConcat(b, x, start, end) ??
      constantLike(b, application, x)
    );
  },
  pad: (b, application) => {
    const x = operandOf(application, 0);
    const { low, high, value } = application.attributes;
    if (sameShape(x.shape, application.shape)) return x;
    const inner = asKind(x, 'pad');
    if (inner && Object.is(inner.attributes.value, value)) {
      return b.pad(
        operandOf(inner, 0),
        plus(low, inner.attributes.low),
        plus(high, inner.attributes.high),
        value,
      );
    }
    return constantOf(x) === value ? b.constant(value, application.shape, application.dtype) : null;
  },
  concat: (b, application) => {
    const [first, ...others] = application.operands;
    if (first === undefined || others.length === 0) return first ?? null;
    const constant = constantOf(first);
    return constant !== null && others.every((other) => constantOf(other) === constant)
      ? b.constant(constant, application.shape, application.dtype)
      : null;
  },

  reduce: (b, application) => {
    const x = operandOf(application, 0);
    const { kind, axes } = application.attributes;
    const count = elementCount(axes.map((axis) => defined(x.shape[axis], 'axis')));
    if (count === 1) return b.reshape(x, application.shape);
    const constant = constantOf(x);
    if (constant !== null) {
      const value = kind === 'sum' ? constant * count : constant;
      if (Number.isFinite(value) && !isPlain(value)) return null;
      return b.constant(value, application.shape, application.dtype);
    }
    const broadcast = asKind(x, 'broadcast');
    if (broadcast) return reduceOfBroadcast(b, application, broadcast, count);
    // Σ c·x = c·Σ x, with fewer products
    if (kind !== 'sum' || x.dtype !== 'f32') return null;
    const { base, factor } = scaled(x);
    return base === x ? null : b.mul(b.sum(base, axes), factor);
  },
  argReduce: (b, application) => {
    const extent = operandOf(application, 0).shape[application.attributes.axis];
    return extent === 1 ? b.constant(0, application.shape, 'i32') : null;
  },

  dot: (b, application) => {
    const [left, right] = [operandOf(application, 0), operandOf(application, 1)];
    const { transposeLeft, transposeRight } = application.attributes;
    const untransposed = (value: Value): Value | null => {
      const transpose = asKind(value, 'transpose');
      return transpose && swapsLastAxes(transpose.attributes.permutation)
        ? operandOf(transpose, 0)
        : null;
    };
    const [innerLeft, innerRight] = [untransposed(left), untransposed(right)];
    if (innerLeft === null && innerRight === null) return null;
    return b.dot(innerLeft ?? left, innerRight ?? right, {
      left: transposeLeft !== (innerLeft !== null),
      right: transposeRight !== (innerRight !== null),
    });
  },
  conv2d: keep,
  conv2dInputGradient: keep,
  conv2dFilterGradient: keep,
  gather: (b, application) => constantLike(b, application, operandOf(application, 0)),
  scatterAdd: (b, application) =>
    constantOf(operandOf(application, 1)) === 0
      ? b.constant(0, application.shape, application.dtype)
      : null,
};

/** The simpler equal of an application, or null when no rule fits. */
export function rewrite<K extends OpKind>(
  builder: Builder,
  application: Application<K>,
): Value | null {
  return RULES[application.kind](builder, application);
}

function castNumber(x: number, to: DType): number {
  switch (to) {
    case 'f32':
      return x;
    case 'i32':
      return Math.trunc(x);
    case 'bool':
      return x !== 0 ? 1 : 0;
  }
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((x, axis) => x + defined(b[axis], 'axis'));
}

function swapsLastAxes(permutation: readonly number[]): boolean {
  const rank = permutation.length;
  return permutation.every(
    (axis, index) =>
      axis === (index === rank - 1 ? rank - 2 : index === rank - 2 ? rank - 1 : index),
  );
}

/** A part of a padded value that holds nothing of the margin. */
function sliceOfPad(
  b: Builder,
  x: Value,
  start: readonly number[],
  end: readonly number[],
): Value | null {
  const pad = asKind(x, 'pad');
  if (!pad) return null;
  const inner = operandOf(pad, 0);
  const shift = pad.attributes.low.map((width) => -width);
  const [low, high] = [plus(start, shift), plus(end, shift)];
  const inside = inner.shape.every(
    (extent, axis) => defined(low[axis], 'axis') >= 0 && defined(high[axis], 'axis') <= extent,
  );
  return inside ? b.slice(inner, low, high) : null;
}

/** A part that lies in one operand of a concatenation. */
function sliceOfConcat(
  b: Builder,
  x: Value,
  start: readonly number[],
  end: readonly number[],
): Value | null {
  const concat = asKind(x, 'concat');
  if (!concat) return null;
  const { axis } = concat.attributes;
  const [low, high] = [defined(start[axis], 'axis'), defined(end[axis], 'axis')];
  let position = 0;
  for (const operand of concat.operands) {
    const extent = defined(operand.shape[axis], 'extent');
    if (low >= position && high <= position + extent) {
      const shift = start.map((_, other) => (other === axis ? -position : 0));
      return b.slice(operand, plus(start, shift), plus(end, shift));
    }
    position += extent;
  }
  return null;
}

/**
 * reduce(broadcast x): axes that x does not have, or has stretched, multiply a sum by their extent and leave
 * an extreme as it is; the others reduce x itself.
 */
function reduceOfBroadcast(
  b: Builder,
  application: Application<'reduce'>,
  broadcast: Value<'broadcast'>,
  count: number,
): Value {
  const { kind, axes } = application.attributes;
  const x = operandOf(broadcast, 0);
  const own = broadcast.attributes.axes;
  const reducedOwn = own.flatMap((axis, index) => (axes.includes(axis) ? [index] : []));
  const keptAxes = own.filter((axis) => !axes.includes(axis));
  const position = (axis: number): number => axis - axes.filter((other) => other < axis).length;
  const ownCount = elementCount(reducedOwn.map((index) => defined(x.shape[index], 'axis')));
  const reduced = b.reduce(kind, x, reducedOwn);
  const whole = (value: Value, shape: Shape): Value => b.broadcast(value, shape, keptAxes.map(position)); // prettier-ignore
  return whole(kind === 'sum' ? b.mul(reduced, count / ownCount) : reduced, application.shape);
}
