import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import { elementCount, sameShape, type Value } from '../../ir/types';
import { asKind, constantOf, operandOf } from './application';
import { constantLike, type Rules } from './rewriteRule';
import { isSymmetric } from './symmetry';

export const viewRules: Rules<'reshape' | 'transpose' | 'broadcast' | 'slice' | 'pad' | 'concat'> =
  {
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
      return constantOf(x) === value
        ? b.constant(value, application.shape, application.dtype)
        : null;
    },
    concat: (b, application) => {
      const [first, ...others] = application.operands;
      if (first === undefined || others.length === 0) return first ?? null;
      const constant = constantOf(first);
      return constant !== null && others.every((other) => constantOf(other) === constant)
        ? b.constant(constant, application.shape, application.dtype)
        : null;
    },
  };

function plus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((x, axis) => x + defined(b[axis], 'axis'));
}

/** Whether a transposition is that of the matrices in a stack. */
export function swapsLastAxes(permutation: readonly number[]): boolean {
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
