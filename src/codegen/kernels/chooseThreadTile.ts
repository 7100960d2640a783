import type { ProductShape } from './product';
import type { ThreadTile } from './tileResults';

/** Time of a step along the inner extent, in loads: of a product with a vector of four, and of what comes with any step. */
const PRODUCT_COST = 2;
const STEP_COST = 4;
/** Results a thread may hold, as rows × columns. */
const TILES: readonly ThreadTile[] = [
  { rows: 8, columns: 8 },
  { rows: 16, columns: 8 },
  { rows: 8, columns: 4 },
  { rows: 4, columns: 8 },
  { rows: 4, columns: 4 },
  { rows: 16, columns: 4 },
];
/** Fewer threads than this leave parts of the machine idle. */
const LEAST_THREADS = 32;

/**
 * The tile with the least estimated time: threads × (loads + products) for each inner step. Constants fitted to
 * 256³ products on SwiftShader: 4.2 GFLOP/s at 4×4, 5.2 at 8×4, 6.3 at 8×8, 6.5 at 16×8.
 */
export function chooseThreadTile({
  batch,
  rows,
  columns,
}: Omit<ProductShape, 'inner'>): ThreadTile {
  let best: ThreadTile = { rows: 4, columns: 4 };
  let least = Infinity;
  for (const tile of TILES) {
    const threads = batch * Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns);
    const products = (tile.rows * tile.columns) / 4;
    const step = tile.rows + tile.columns + products * PRODUCT_COST + STEP_COST;
    const cost = Math.max(threads, LEAST_THREADS) * step;
    if (cost < least) [best, least] = [tile, cost];
  }
  return best;
}
