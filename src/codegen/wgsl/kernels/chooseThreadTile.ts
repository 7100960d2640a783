import type { ProductShape } from './product';
import { tileWidth, type ThreadTile } from './tileResults';
import type { TileTime } from './tileTimes';

/** How threads that work alone cut up products. */
export interface Tiling {
  /** Threads that share the rows of a tile. */
  readonly lanes: 1 | 4;
  /** The tiles to choose from. */
  readonly times: readonly TileTime[];
}

/** Fewer threads than this leave parts of the machine idle. */
const LEAST_THREADS = 32;
/** When there is nothing to choose from. */
const USUAL: Pick<ThreadTile, 'rows' | 'columns'> = { rows: 8, columns: 8 };

/** The tile with the least estimated time, threads × time of a step: large ones load less, small ones fit better. */
export function chooseThreadTile(
  { batch, rows, columns }: Omit<ProductShape, 'inner'>,
  { lanes, times }: Tiling,
): ThreadTile {
  let best: ThreadTile = { ...USUAL, lanes };
  let least = Infinity;
  for (const tile of times) {
    if (tile.lanes !== lanes) continue;
    const tiles = batch * Math.ceil(rows / tile.rows) * Math.ceil(columns / tileWidth(tile));
    const estimate = Math.max(tiles * lanes, LEAST_THREADS) * tile.time;
    if (estimate < least) {
      best = { rows: tile.rows, columns: tile.columns, lanes };
      least = estimate;
    }
  }
  return best;
}

/** A tile as wide as it is high. */
export function squareTile({ lanes }: Tiling): ThreadTile {
  return lanes === 1 ? { rows: 8, columns: 8, lanes } : { rows: 16, columns: 4, lanes };
}
