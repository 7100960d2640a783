import { defined, invariant } from '../../core/invariant';
import {
  sameShape,
  type DType,
  type OpAttributes,
  type OpKind,
  type Shape,
  type Value,
} from '../types';

export interface ValueType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Shape and type of an op's result. Throws when it does not take such operands. */
export type TypeRule<K extends OpKind> = (
  operands: readonly Value[],
  attributes: OpAttributes[K],
  /** What the maker asked for, where operands and attributes alone do not say. */
  requested: ValueType | undefined,
) => ValueType;

export type TypeRules<K extends OpKind> = { readonly [Kind in K]: TypeRule<Kind> };

export function operand(operands: readonly Value[], index: number): Value {
  const found = operands[index];
  invariant(found !== undefined, () => `operand ${index} is missing`);
  return found;
}

export function expectCount(operands: readonly Value[], count: number): void {
  invariant(
    operands.length === count,
    () => `expected ${count} operands, found ${operands.length}`,
  );
}

export function expectSameShape(operands: readonly Value[]): void {
  const first = operand(operands, 0);
  for (const other of operands) {
    invariant(
      sameShape(first.shape, other.shape),
      () => `elementwise shapes differ: [${first.shape.join()}] and [${other.shape.join()}]`,
    );
  }
}

export function requestedType(requested: ValueType | undefined, kind: OpKind): ValueType {
  return defined(requested, `the type of ${kind}`);
}

export function extent(shape: Shape, axis: number): number {
  const size = shape[axis];
  invariant(size !== undefined, () => `axis ${axis} of [${shape.join()}] is missing`);
  return size;
}
