import { defined } from '../../src/core/invariant';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';

/**
 * (A + Aᵀ)/2 with zeros on the diagonal, of a free matrix A `[n, n]`: couplings of n units, of which none acts on itself.
 * Gradients come to A symmetric, so a matrix that begins symmetric stays so.
 */
export function symmetricWeights(builder: Builder, free: Value): Value {
  const units = defined(free.shape[0], 'units');
  const symmetric = builder.mul(builder.add(free, builder.transpose(free, [1, 0])), 0.5);
  const shape = [units, units];
  const diagonal = builder.compare('eq', builder.iota(shape, 0), builder.iota(shape, 1));
  return builder.select(diagonal, 0, symmetric);
}
