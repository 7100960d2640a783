import type { Builder } from '../../ir/builder';
import { BINARY, UNARY } from '../../ir/scalarFunctions';
import { elementCount, sameShape, type BinaryOp, type DType, type Value } from '../../ir/types';
import {
  asKind,
  binaryOperands,
  constantOf,
  isKnownFinite,
  isPlain,
  operandOf,
  scaled,
  sinkBroadcast,
  unaryOperand,
  type Application,
} from './application';

const COMMUTATIVE: ReadonlySet<BinaryOp> = new Set(['add', 'mul', 'max', 'min', 'and', 'or']);

/** A folded number as a constant; null when float32 could not hold it, so that the fault stays visible. */
function folded(b: Builder, x: number, { shape, dtype }: Application): Value | null {
  if (dtype === 'i32') return b.constant(x | 0, shape, dtype);
  return isPlain(x) ? b.constant(x, shape, dtype) : null;
}

export function rewriteUnary(b: Builder, application: Application<'unary'>): Value | null {
  const { op } = application.attributes;
  const x = operandOf(application, 0);
  const constant = constantOf(x);
  if (constant !== null) return folded(b, UNARY[op](constant), application);
  return rewriteUnaryOf(b, op, x) ?? sinkBroadcast(b, x, (small) => b.unary(op, small));
}

function rewriteUnaryOf(
  b: Builder,
  op: Application<'unary'>['attributes']['op'],
  x: Value,
): Value | null {
  switch (op) {
    case 'neg': {
      // −(a − b) = b − a
      const difference = binaryOperands(x, 'sub');
      if (difference) return b.sub(difference[1], difference[0]);
      // −(x·c) = x·(−c), −(−x) = x
      const { base, factor } = scaled(x);
      return factor === 1 ? null : b.mul(base, -factor);
    }
    case 'abs': {
      // |−x| = |x|, ||x|| = |x|
      const negated = unaryOperand(x, 'neg');
      if (negated) return b.unary('abs', negated);
      return unaryOperand(x, 'abs') ? x : null;
    }
    case 'not':
      return unaryOperand(x, 'not');
    case 'isFinite':
      return isKnownFinite(x) ? b.constant(1, x.shape, 'bool') : null;
    default:
      return null;
  }
}

export function rewriteBinary(b: Builder, application: Application<'binary'>): Value | null {
  const { op } = application.attributes;
  const [left, right] = [operandOf(application, 0), operandOf(application, 1)];
  const [a, c] = [constantOf(left), constantOf(right)];
  if (a !== null && c !== null) return foldBinary(b, op, a, c, application);
  // Constants stand on the right of commutative ops.
  if (a !== null && COMMUTATIVE.has(op)) return b.binary(op, right, left);
  const made =
    c !== null
      ? withConstant(b, op, left, c, application.dtype)
      : (withoutConstant(b, op, left, right, a, application.dtype) ??
        sumOfProducts(b, application));
  return made ?? sinkBinary(b, op, left, right);
}

function foldBinary(
  b: Builder,
  op: BinaryOp,
  left: number,
  right: number,
  application: Application<'binary'>,
): Value | null {
  const apply = application.dtype === 'i32' && op === 'mul' ? Math.imul : BINARY[op];
  return folded(b, apply(left, right), application);
}

/** x op c. */
function withConstant(b: Builder, op: BinaryOp, x: Value, c: number, dtype: DType): Value | null {
  switch (op) {
    case 'add':
    case 'sub':
      return c === 0 ? x : null;
    case 'mul': {
      if (c === 1) return x;
      if (c === 0 && isKnownFinite(x)) return b.constant(0, x.shape, dtype);
      if (c === -1) return b.neg(x);
      if (dtype !== 'f32') return null;
      // (x·d)·c = x·(d·c)
      const { base, factor } = scaled(x);
      return base !== x && isPlain(factor * c) ? b.mul(base, factor * c) : null;
    }
    case 'div':
      if (c === 1) return x;
      return c !== 0 && Number.isFinite(c) && isPlain(1 / c) ? b.mul(x, 1 / c) : null;
    case 'max':
      return c === -Infinity ? x : null;
    case 'min':
      return c === Infinity ? x : null;
    case 'pow':
      return powerOf(b, x, c);
    case 'and':
      return c !== 0 ? x : b.constant(0, x.shape, 'bool');
    case 'or':
      return c !== 0 ? b.constant(1, x.shape, 'bool') : x;
  }
}

function powerOf(b: Builder, x: Value, exponent: number): Value | null {
  switch (exponent) {
    case 1:
      return x;
    case 2:
      return b.square(x);
    case -1:
      return b.div(1, x);
    case 0:
      return b.constant(1, x.shape);
    default:
      return null;
  }
}

/** left op right, where right is no constant and left may be the constant `a`. */
function withoutConstant(
  b: Builder,
  op: BinaryOp,
  left: Value,
  right: Value,
  a: number | null,
  dtype: DType,
): Value | null {
  switch (op) {
    case 'add': {
      // (x·c) + (x·d) = x·(c + d)
      const combined = dtype === 'f32' ? combineScaled(b, left, right) : null;
      if (combined) return combined;
      // x + (−y) = x − y
      const [negatedLeft, negatedRight] = [unaryOperand(left, 'neg'), unaryOperand(right, 'neg')];
      if (negatedRight) return b.sub(left, negatedRight);
      return negatedLeft ? b.sub(right, negatedLeft) : null;
    }
    case 'sub': {
      if (a === 0) return b.neg(right);
      const negated = unaryOperand(right, 'neg');
      return negated ? b.add(left, negated) : null;
    }
    case 'max':
    case 'min':
    case 'and':
    case 'or':
      return left === right ? left : null;
    case 'mul':
    case 'div':
    case 'pow':
      return null;
  }
}

/**
 * A·B + A·C = A·(B + C), and the same on the other side: one product less. The gradient of AᵀA by A is such a
 * sum, with B = Cᵀ, and when that is symmetric nothing is added up at all.
 */
function sumOfProducts(b: Builder, application: Application<'binary'>): Value | null {
  if (application.attributes.op !== 'add') return null;
  const [first, second] = [0, 1].map((index) => asKind(operandOf(application, index), 'dot'));
  if (!first || !second || !application.usedOnce(0) || !application.usedOnce(1)) return null;
  const flags = [first.attributes, second.attributes] as const;
  const [left, right] = [operandOf(first, 0), operandOf(first, 1)];
  if (left === operandOf(second, 0) && flags[0].transposeLeft === flags[1].transposeLeft) {
    const sum = b.add(
      asMultiplied(b, right, flags[0].transposeRight),
      asMultiplied(b, operandOf(second, 1), flags[1].transposeRight),
    );
    return b.dot(left, sum, { left: flags[0].transposeLeft });
  }
  if (right === operandOf(second, 1) && flags[0].transposeRight === flags[1].transposeRight) {
    const sum = b.add(
      asMultiplied(b, left, flags[0].transposeLeft),
      asMultiplied(b, operandOf(second, 0), flags[1].transposeLeft),
    );
    return b.dot(sum, right, { right: flags[0].transposeRight });
  }
  return null;
}

/** An operand of a product with its last two axes swapped when it is stored transposed. */
function asMultiplied(b: Builder, operand: Value, transposed: boolean): Value {
  if (!transposed) return operand;
  const rank = operand.shape.length;
  const axes = operand.shape.map((_, axis) => axis);
  return b.transpose(operand, [...axes.slice(0, rank - 2), rank - 1, rank - 2]);
}

function combineScaled(b: Builder, left: Value, right: Value): Value | null {
  const [first, second] = [scaled(left), scaled(right)];
  const factor = first.factor + second.factor;
  // A sum of 0 would hide an infinite x.
  return first.base === second.base && factor !== 0 && isPlain(factor)
    ? b.mul(first.base, factor)
    : null;
}

/** broadcast x op broadcast y = broadcast (x op y), when both are spread alike or one is a constant. */
function sinkBinary(b: Builder, op: BinaryOp, left: Value, right: Value): Value | null {
  const spread = asKind(left, 'broadcast') ?? asKind(right, 'broadcast');
  if (!spread) return null;
  const { axes } = spread.attributes;
  const small = operandOf(spread, 0).shape;
  const shrink = (value: Value): Value | null => {
    const constant = constantOf(value);
    if (constant !== null) return b.constant(constant, small, value.dtype);
    const broadcast = asKind(value, 'broadcast');
    if (!broadcast) return null;
    const inner = operandOf(broadcast, 0);
    return sameShape(inner.shape, small) && sameShape(broadcast.attributes.axes, axes)
      ? inner
      : null;
  };
  const [smallLeft, smallRight] = [shrink(left), shrink(right)];
  if (!smallLeft || !smallRight || elementCount(small) >= elementCount(left.shape)) return null;
  return b.broadcast(b.binary(op, smallLeft, smallRight), left.shape, axes);
}
