import { invariant } from '../core/invariant';
import { elementwiseTypes } from './typeRules/elementwiseTypes';
import { indexingTypes } from './typeRules/indexingTypes';
import { productTypes } from './typeRules/productTypes';
import { sourceTypes } from './typeRules/sourceTypes';
import type { TypeRules, ValueType } from './typeRules/typeRule';
import { viewTypes } from './typeRules/viewTypes';
import { sameShape, type AnyValue, type OpAttributes, type OpKind, type Value } from './types';

/** Shape and type rule of every op: the single home of what an op accepts. */
const RULES: TypeRules<OpKind> = {
  ...sourceTypes,
  ...elementwiseTypes,
  ...viewTypes,
  ...productTypes,
  ...indexingTypes,
};

/** Result type of an op application. Throws on a misuse: node definitions check shapes before they lower. */
export function inferValue<K extends OpKind>(
  kind: K,
  operands: readonly Value[],
  attributes: OpAttributes[K],
  requested?: ValueType,
): ValueType {
  return RULES[kind](operands, attributes, requested);
}

/** Checks a finished value against its rule. */
export function checkValue(value: Value): void {
  const any = value as AnyValue;
  const type = inferValue(any.kind, any.operands, any.attributes, value);
  invariant(
    sameShape(type.shape, value.shape) && type.dtype === value.dtype,
    `${value.kind} %${value.id} has another type than its rule gives`,
  );
}
