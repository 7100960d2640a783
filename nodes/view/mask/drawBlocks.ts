import type { LowerContext } from '../../../src/graph/nodeDefinition';
import type { Value } from '../../../src/ir/types';

/** Height by width of a block, from and to (Assran et al. 2023, §3). */
const ASPECT = { least: 0.75, most: 1.5 } as const;

export interface BlockGrid {
  readonly rows: number;
  /** Patches from top to bottom and from left to right. */
  readonly down: number;
  readonly across: number;
}

type Context = Pick<
  LowerContext<{ readonly blocks: number }>,
  'builder' | 'live' | 'params' | 'uniform'
>;

/**
 * The patches that lie in any of `blocks` random rectangles: bool `[rows, down, across]`. A rectangle takes a part of the
 * image drawn from the live `smallest` to `largest`, with an aspect ratio drawn from 0.75 to 1.5, in whole patches and one at
 * least, and lies anywhere in the image. Each has a size of its own, while the published code draws one a batch.
 */
export function drawBlocks(context: Context, grid: BlockGrid): Value {
  const { builder, live, params } = context;
  const blocks = [grid.rows, params.blocks];
  const smallest = live('smallest');
  const range = builder.sub(live('largest'), smallest);
  const part = builder.add(smallest, builder.mul(context.uniform('part', blocks), range));
  const stretch = builder.mul(context.uniform('aspect', blocks), ASPECT.most - ASPECT.least);
  const aspect = builder.add(ASPECT.least, stretch);
  const area = builder.mul(part, grid.down * grid.across);
  const height = patches(context, builder.mul(area, aspect), grid.down);
  const width = patches(context, builder.div(area, aspect), grid.across);

  const extents = [...blocks, grid.down, grid.across];
  const within = (axis: number, stream: string, extent: number, size: Value): Value => {
    const places = builder.add(builder.sub(extent, size), 1);
    const first = builder.unary('floor', builder.mul(context.uniform(stream, blocks), places));
    const place = builder.cast(builder.iota(extents, axis), 'f32');
    const of = (x: Value): Value => builder.broadcast(x, extents, [0, 1]);
    return builder.binary(
      'and',
      builder.compare('ge', place, of(first)),
      builder.compare('lt', place, of(builder.add(first, size))),
    );
  };
  const inside = builder.binary(
    'and',
    within(2, 'top', grid.down, height),
    within(3, 'left', grid.across, width),
  );
  return builder.compare('gt', builder.sum(builder.cast(inside, 'f32'), [1]), 0);
}

/** A side of a block whose square is `square`, rounded: from 1 to `most` patches. */
function patches({ builder }: Context, square: Value, most: number): Value {
  const rounded = builder.unary('floor', builder.add(builder.sqrt(square), 0.5));
  return builder.min(builder.max(rounded, 1), most);
}
