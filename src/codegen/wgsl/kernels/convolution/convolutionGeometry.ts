import { defined } from '../../../../core/invariant';
import type { AnyValue, Value } from '../../../../ir/types';

export type Convolution = Extract<
  AnyValue,
  { kind: 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient' }
>;

type Four = readonly [number, number, number, number];

export function four(value: Value): Four {
  const [a, b, c, d] = value.shape;
  return [defined(a, 'extent'), defined(b, 'extent'), defined(c, 'extent'), defined(d, 'extent')];
}

export function operandsOf(value: Convolution): readonly [Value, Value] {
  return [
    defined(value.operands[0], 'first operand'),
    defined(value.operands[1], 'second operand'),
  ];
}
