import { RandomStream, randomKey } from '../../core/random';
import type { RowMatrix } from '../rowMatrix';
import { nearestNeighbours } from './nearestNeighbours';

export interface UmapOptions {
  readonly dimensions: number;
  readonly seed: number;
  /** `n × dimensions`: where the points begin, a few units apart. The nearer to their places, the fewer epochs they need. */
  readonly start: Float32Array;
  readonly epochs: number;
  /** How far it is, from 0 to 1. Waits a moment now and then; resolves to false when nobody wants it any more. */
  readonly pause: (part: number) => Promise<boolean>;
}

const NEIGHBOURS = 15;
/** As many points as it takes for one to have two neighbours. */
export const FEWEST_POINTS = 4;
/** Points that begin at one place are told apart by this. */
const START_NOISE = 1e-4;
/** Of the work, looking for neighbours. */
const SEARCH_PART = 0.3;

/**
 * UMAP (McInnes, Healy and Melville 2018) with 15 neighbours and a least distance of 0.1, of exact neighbours. What it leaves to chance
 * is drawn from `seed`. Stopped early it gives the places so far; null where there are none yet.
 */
export async function umapLayout(
  matrix: RowMatrix,
  { dimensions, seed, start, epochs, pause }: UmapOptions,
): Promise<Float32Array | null> {
  const count = Math.min(NEIGHBOURS, matrix.rows - 1);
  const found = await nearestNeighbours(matrix, count, (part) => pause(SEARCH_PART * part));
  if (found === null) return null;
  const { UMAP } = await import('umap-js');
  const random = new RandomStream(randomKey(seed, 'umap', 'layout'));
  const umap = new UMAP({
    ...{ nComponents: dimensions, nNeighbors: count, nEpochs: epochs },
    random: () => random.uniform(),
  });
  umap.setPrecomputedKNN(found.indices, found.distances);
  umap.initializeFit(rowsOf(matrix));
  // What it works on: random places to begin with, which forget how clouds lie to each other.
  const places = umap.getEmbedding();
  places.forEach((place, row) => {
    for (let i = 0; i < dimensions; i++) {
      place[i] = (start[row * dimensions + i] ?? 0) + START_NOISE * random.normal();
    }
  });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    if (!(await pause(SEARCH_PART + ((1 - SEARCH_PART) * epoch) / epochs))) break;
  }
  return Float32Array.from(umap.getEmbedding().flat());
}

function rowsOf({ rows, columns, values }: RowMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);
}
