import { Builder } from '../../ir/builder';
import { inferValue } from '../../ir/inferValue';
import type { ValueType } from '../../ir/typeRules/typeRule';
import type { OpAttributes, OpKind, Value } from '../../ir/types';
import type { Application } from './application';
import { rewrite } from './rewriteRules';

const never = (): boolean => false;

/**
 * A builder that gives the simpler equal of what it is asked for, where there is one. Rules build through it as
 * well, so their results are simplified on the spot.
 */
export class SimplifyingBuilder extends Builder {
  /** Whether any rule has fired. */
  rewrote = false;
  private usedOnce: Application['usedOnce'] = never;

  override apply<K extends OpKind>(
    kind: K,
    operands: readonly Value[],
    attributes: OpAttributes[K],
    requested?: ValueType,
  ): Value {
    const { shape, dtype } = inferValue(kind, operands, attributes, requested);
    const { usedOnce } = this;
    this.usedOnce = never;
    const simpler = rewrite(this, { kind, attributes, operands, shape, dtype, usedOnce });
    if (simpler === null) return super.apply(kind, operands, attributes, requested);
    this.rewrote = true;
    return simpler;
  }

  /** `apply` for an application of the program that is being rebuilt, whose uses are known. */
  applyKnowing<K extends OpKind>(
    usedOnce: Application['usedOnce'],
    kind: K,
    operands: readonly Value[],
    attributes: OpAttributes[K],
    requested: ValueType,
  ): Value {
    this.usedOnce = usedOnce;
    return this.apply(kind, operands, attributes, requested);
  }
}
