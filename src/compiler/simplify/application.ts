import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import type { AnyValue, OpAttributes, OpKind, Shape, DType, Value } from '../../ir/types';

/** An op about to be applied to operands that are simplified already. */
export interface Application<K extends OpKind = OpKind> {
  readonly kind: K;
  readonly attributes: OpAttributes[K];
  readonly operands: readonly Value[];
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether operand `index` has no other use, so that rewriting it away saves its work. */
  readonly usedOnce: (index: number) => boolean;
}

export function operandOf(application: Pick<Application, 'operands'>, index: number): Value {
  return defined(application.operands[index], `operand ${index}`);
}

/** `value` with its attributes when it is of this kind. */
export function asKind<K extends OpKind>(value: Value, kind: K): Value<K> | null {
  return value.kind === kind ? (value as Value<K>) : null;
}

/** The number that all elements are, when that is known. */
export function constantOf(value: Value): number | null {
  return asKind(value, 'constant')?.attributes.value ?? null;
}

/** Operands of `value` when it is this unary op, else null. */
export function unaryOperand(value: Value, op: OpAttributes['unary']['op']): Value | null {
  const unary = asKind(value, 'unary');
  return unary?.attributes.op === op ? operandOf(unary, 0) : null;
}

export function binaryOperands(
  value: Value,
  op: OpAttributes['binary']['op'],
): readonly [Value, Value] | null {
  const binary = asKind(value, 'binary');
  return binary?.attributes.op === op ? [operandOf(binary, 0), operandOf(binary, 1)] : null;
}

/** value = base·factor, with factor 1 when it is no product with a constant. f32 only. */
export function scaled(value: Value): { base: Value; factor: number } {
  const product = binaryOperands(value, 'mul');
  const factor = product && constantOf(product[1]);
  if (product && factor !== null) return { base: product[0], factor };
  const negated = unaryOperand(value, 'neg');
  return negated ? { base: negated, factor: -1 } : { base: value, factor: 1 };
}

/** Whether a constant may stand for a computed number: float32 holds it, and not as a subnormal. */
export function isPlain(x: number): boolean {
  const magnitude = Math.abs(Math.fround(x));
  return x === 0 || (magnitude >= 1.2e-38 && magnitude <= 3.4028234663852886e38);
}

/** Whether no element can be infinite or NaN, by construction. */
export function isKnownFinite(value: Value): boolean {
  const any = value as AnyValue;
  switch (any.kind) {
    case 'constant':
      return Number.isFinite(any.attributes.value);
    case 'literal':
      return any.attributes.values.every(Number.isFinite);
    case 'random':
      return true;
    case 'reshape':
    case 'transpose':
    case 'broadcast':
    case 'slice':
    case 'gather':
      return isKnownFinite(operandOf(any, 0));
    case 'cast':
      return operandOf(any, 0).dtype !== 'f32';
    default:
      return any.dtype !== 'f32';
  }
}

/** f(broadcast x) = broadcast f(x), with fewer elements to compute. */
export function sinkBroadcast(b: Builder, x: Value, apply: (small: Value) => Value): Value | null {
  const broadcast = asKind(x, 'broadcast');
  return broadcast
    ? b.broadcast(apply(operandOf(broadcast, 0)), x.shape, broadcast.attributes.axes)
    : null;
}
