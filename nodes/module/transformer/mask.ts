import { problem, type InferResult } from '../../../src/graph/nodeDefinition';
import type { TensorType } from '../../../src/graph/ports';
import type { Builder } from '../../../src/ir/builder';
import type { Value } from '../../../src/ir/types';
import { joinTokens, tokenLayout, tokenProblem } from './tokens';

/** The problem of a mask that does not have the tokens of `inputs`, or null. */
export function tokenMaskProblem(
  mask: TensorType,
  inputs: readonly TensorType[],
  patch: number,
): InferResult | null {
  if (tokenProblem([mask], patch) === null) {
    const [own, theirs] = [tokenLayout([mask], patch), tokenLayout(inputs, patch)];
    const fits =
      own.tokens === theirs.tokens && own.overTime === theirs.overTime && own.time === theirs.time;
    if (fits) return null;
  }
  const { tokens } = tokenLayout(inputs, patch);
  return problem(
    'shape.mismatch',
    `the mask does not say of each of ${tokens} tokens whether it is hidden.`,
    {
      portId: 'mask',
      hint: `Give it a list of ${tokens} × 1 numbers, such as the tokens of a Mask with patches of the same size.`,
    },
  );
}

/** Which tokens have a number above ½ in the mask: bool `[rows, tokens]`. */
export function hiddenTokens(
  builder: Builder,
  mask: Value,
  type: TensorType,
  patch: number,
): Value {
  const numbers = joinTokens(builder, [mask], [type], patch);
  return builder.compare('gt', builder.reduce('max', numbers, [2]), 0.5);
}

/**
 * Tokens `[rows, tokens, width]` with zeros for hidden ones, whose own content would else leave with them, and the mean of
 * the others, `[rows, width]`: zeros where all are hidden.
 */
export function withoutHidden(
  builder: Builder,
  tokens: Value,
  hidden: Value,
): { readonly tokens: Value; readonly mean: Value } {
  const left = builder.select(builder.broadcast(hidden, tokens.shape, [0, 1]), 0, tokens);
  const visible = builder.sum(builder.cast(builder.unary('not', hidden), 'f32'), [1]);
  const total = builder.sum(left, [1]);
  const count = builder.broadcast(builder.max(visible, 1), total.shape, [0]);
  return { tokens: left, mean: builder.div(total, count) };
}
