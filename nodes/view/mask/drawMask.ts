import type { LowerContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';

/** Up to so many units are ranked, which costs the square of their number. */
const MOST_RANKED = 256;

/**
 * A random subset of `count` units for each row, of the live part `ratio`: bool `[rows, count]`. Up to 256 units it has
 * round(ratio·count) of them exactly, those whose random numbers are lowest; of more, each is in it by this chance.
 */
export function drawMask(
  context: Pick<LowerContext<unknown>, 'builder' | 'live' | 'uniform'>,
  rows: number,
  count: number,
): Value {
  const { builder } = context;
  const ratio = context.live('ratio');
  const drawn = context.uniform('mask', [rows, count]);
  if (count > MOST_RANKED) return builder.compare('lt', drawn, ratio);
  const masked = builder.unary('floor', builder.add(builder.mul(ratio, count), 0.5));
  return builder.compare('lt', ranks(context, drawn), masked);
}

/** How many numbers of its row come before each, in ascending order and equal ones in their own: f32 `[rows, count]`. */
function ranks({ builder }: Pick<LowerContext<unknown>, 'builder'>, x: Value): Value {
  const [rows = 1, count = 1] = x.shape;
  const pairs = [rows, count, count];
  const own = builder.broadcast(x, pairs, [0, 1]);
  const other = builder.broadcast(x, pairs, [0, 2]);
  const isEarlier = builder.compare('lt', builder.iota(pairs, 2), builder.iota(pairs, 1));
  const isTied = builder.compare('eq', other, own);
  const isBefore = builder.binary(
    'or',
    builder.compare('lt', other, own),
    builder.binary('and', isTied, isEarlier),
  );
  return builder.sum(builder.cast(isBefore, 'f32'), [2]);
}
