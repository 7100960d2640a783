import type { ProductShape } from './product';
import { tileWidth, type ThreadTile } from './tileResults';

/**
 * Time of a step along the inner extent, in loads: of a product with a vector of four, and of what comes with any
 * step. Fitted to 256³ products on SwiftShader. Alone: 4.2 GFLOP/s at 4×4, 5.2 at 8×4, 6.3 at 8×8, 6.6 at 8×16;
 * in quads: 5.1 at 4×4, 7.2 at 8×4, 8.4 at 8×8, 8.7 at 16×4, 10.2 at 16×8.
 */
const COSTS = {
  1: { product: 2, step: 4 },
  4: { product: 2.2, step: 10 },
} as const;

/** Results a thread may hold, as rows × columns. */
const SIZES = {
  1: [
    [8, 8],
    [8, 16],
    [8, 4],
    [4, 8],
    [4, 4],
    [16, 4],
  ],
  4: [
    [16, 8],
    [8, 8],
    [16, 4],
    [8, 4],
    [4, 4],
  ],
} as const;

/** Fewer threads than this leave parts of the machine idle. */
const LEAST_THREADS = 32;

/** The tile with the least estimated time: threads × (loads + products) for each inner step. */
export function chooseThreadTile(
  { batch, rows, columns }: Omit<ProductShape, 'inner'>,
  lanes: 1 | 4,
): ThreadTile {
  let best: ThreadTile = { rows: 4, columns: 4, lanes };
  let least = Infinity;
  for (const [tileRows, tileColumns] of SIZES[lanes]) {
    const tile = { rows: tileRows, columns: tileColumns, lanes };
    const tiles = batch * Math.ceil(rows / tile.rows) * Math.ceil(columns / tileWidth(tile));
    const products = (tile.rows * tile.columns) / 4;
    const { product, step } = COSTS[lanes];
    const each = tile.rows / lanes + tile.columns + products * product + step;
    const cost = Math.max(tiles * lanes, LEAST_THREADS) * each;
    if (cost < least) [best, least] = [tile, cost];
  }
  return best;
}

/** A tile as wide as it is high. */
export function squareTile(lanes: 1 | 4): ThreadTile {
  return lanes === 1 ? { rows: 8, columns: 8, lanes } : { rows: 16, columns: 4, lanes };
}
