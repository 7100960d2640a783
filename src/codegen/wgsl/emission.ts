import type { Value } from '../../ir/types';
import type { HelperName } from './helpers';

/**
 * What a rule may ask of the code under construction. Indices are u32 expressions into a value's row-major
 * elements; results are names or expressions without side effects.
 */
export interface Emission {
  /** Element `index` of `value`: loaded from memory, or computed on the spot. bool values come as `bool`. */
  emit(value: Value, index: string): string;
  /** Gives an expression a name, the same one for the same expression in reach. */
  let(expression: string): string;
  /** Makes a helper function available to the expression that calls it. */
  use(helper: HelperName): void;
}
