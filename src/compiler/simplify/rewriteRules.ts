import type { Builder } from '../../ir/builder';
import type { OpKind, Value } from '../../ir/types';
import { constantOf, operandOf, type Application } from './application';
import { elementwiseRules } from './elementwiseRules';
import { productRules } from './productRules';
import { constantLike, keep, type Rules } from './rewriteRule';
import { viewRules } from './viewRules';

const RULES: Rules<OpKind> = {
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

  ...elementwiseRules,
  ...viewRules,
  ...productRules,

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
