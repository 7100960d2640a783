import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';

export const ACTIVATIONS = [
  'none',
  'relu',
  'leakyRelu',
  'gelu',
  'silu',
  'tanh',
  'sigmoid',
  'softplus',
] as const;

export type Activation = (typeof ACTIVATIONS)[number];

/** PyTorch's default slope of LeakyReLU. */
const LEAK = 0.01;

/** Applies an activation to each number. GELU is the exact one, x·Φ(x), as PyTorch's default. */
export function activate(builder: Builder, activation: Activation, x: Value): Value {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return builder.relu(x);
    case 'leakyRelu':
      return builder.max(x, builder.mul(x, LEAK));
    case 'gelu': {
      const error = builder.unary('erf', builder.mul(x, Math.SQRT1_2));
      return builder.mul(builder.mul(x, 0.5), builder.add(error, 1));
    }
    case 'silu':
      return builder.mul(x, builder.unary('sigmoid', x));
    case 'tanh':
    case 'sigmoid':
    case 'softplus':
      return builder.unary(activation, x);
  }
}
