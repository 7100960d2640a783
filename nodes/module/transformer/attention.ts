import type { Builder } from '../../../src/ir/builder';
import { softmax } from '../../../src/ir/compose';
import type { Value } from '../../../src/ir/types';
import { LEFT_OUT } from '../../shared/pairs';

interface AttentionSize {
  readonly rows: number;
  readonly tokens: number;
  readonly heads: number;
}

/**
 * Multi-head self-attention, softmax(Q Kᵀ/√d) V for each head of width d (Vaswani et al. 2017, Eq. 1).
 *
 * @param joined `[rows·tokens, 3·width]`: queries, keys and values side by side, each with its heads side by side
 * @param absent bool `[rows, tokens]`: tokens that none attends to
 * @returns `[rows·tokens, width]`, the heads side by side
 */
export function attend(
  builder: Builder,
  joined: Value,
  { rows, tokens, heads }: AttentionSize,
  absent: Value | null,
): Value {
  const width = (joined.shape[1] ?? 0) / 3;
  const headWidth = width / heads;
  const split = builder.transpose(
    builder.reshape(joined, [rows, tokens, 3, heads, headWidth]),
    [2, 0, 3, 1, 4],
  );
  // Products take views as they are, as long as no reshape joins axes that lie apart.
  const part = (index: number): Value =>
    builder.reshape(builder.sliceAxis(split, 0, index, index + 1), [
      rows,
      heads,
      tokens,
      headWidth,
    ]);
  const [queries, keys, values] = [part(0), part(1), part(2)];
  const scores = builder.mul(builder.dot(queries, keys, { right: true }), 1 / Math.sqrt(headWidth));
  const heard = absent
    ? builder.select(builder.broadcast(absent, scores.shape, [0, 3]), LEFT_OUT, scores)
    : scores;
  const mixed = builder.dot(softmax(builder, heard, 3), values);
  const together = builder.transpose(mixed, [0, 2, 1, 3]);
  return builder.reshape(together, [rows * tokens, width]);
}
