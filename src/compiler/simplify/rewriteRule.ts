import type { Builder } from '../../ir/builder';
import type { OpKind, Value } from '../../ir/types';
import { constantOf, type Application } from './application';

/**
 * A cheaper value that is equal to the application, or null. Equal means equal as real numbers: a rule may
 * change rounding, but keeps infinities and NaN where they were.
 */
export type Rule<K extends OpKind> = (b: Builder, application: Application<K>) => Value | null;

export type Rules<K extends OpKind> = { readonly [Kind in K]: Rule<Kind> };

export const keep: Rule<OpKind> = () => null;

/** A constant stays the same constant under any rearrangement. */
export function constantLike(b: Builder, application: Application, x: Value): Value | null {
  const constant = constantOf(x);
  return constant === null ? null : b.constant(constant, application.shape, application.dtype);
}
