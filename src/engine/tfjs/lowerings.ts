import type { OpKind, Value } from '../../ir/types';
import { elementwiseLowerings } from './elementwiseLowerings';
import type { LoweringContext, LoweringTable } from './lowering';
import { productLowerings } from './productLowerings';
import type { Made } from './slots';
import { sourceLowerings } from './sourceLowerings';
import { viewLowerings } from './viewLowerings';

/** How each op is computed with TensorFlow.js. */
const LOWERINGS: LoweringTable<OpKind> = {
  ...sourceLowerings,
  ...elementwiseLowerings,
  ...viewLowerings,
  ...productLowerings,
};

/** Computes one value, whose operands are in the slots; the caller owns the result. */
export function lower<K extends OpKind>(context: LoweringContext, value: Value<K>): Made {
  return LOWERINGS[value.kind](context, value);
}
