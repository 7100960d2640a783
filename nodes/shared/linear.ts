import type { WeightSpec } from '../../src/graph/nodeDefinition';
import type { Builder } from '../../src/ir/builder';
import type { Value } from '../../src/ir/types';

/** Names of the weights of layer `prefix` are `<prefix>weight` and `<prefix>bias`. */
export interface LinearSpec {
  readonly prefix: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
}

/**
 * Weight `[inputs, outputs]` and bias `[outputs]`, both uniform within ±1/√inputs: PyTorch's default for
 * `nn.Linear` (which stores the transposed weight).
 */
export function linearWeights({ prefix, inputs, outputs, bias }: LinearSpec): WeightSpec[] {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(inputs) } as const;
  const weight: WeightSpec = { name: `${prefix}weight`, shape: [inputs, outputs], initial };
  return bias ? [weight, { name: `${prefix}bias`, shape: [outputs], initial }] : [weight];
}

/** Where the weights of a node come from. */
export interface WeightAccess {
  readonly builder: Builder;
  weight(name: string): Value;
}

/** x·W + b: `[rows, inputs]` → `[rows, outputs]`. */
export function applyLinear(
  context: WeightAccess,
  { prefix, bias }: Pick<LinearSpec, 'prefix' | 'bias'>,
  x: Value,
): Value {
  const product = context.builder.dot(x, context.weight(`${prefix}weight`));
  return bias ? context.builder.add(product, context.weight(`${prefix}bias`)) : product;
}
