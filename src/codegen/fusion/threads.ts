import { COOPERATIVE_THREADS } from '../lowering/loweringContext';
import type { IterationSpace } from '../wgsl/loopNest';
import type { FusedKernel } from './fusedKernel';

/** Results that a thread makes of a product, typically. */
const RESULTS_OF_TILE = 64;
/**
 * Threads of a software adapter that may go idle through the code of a tile: about 0.1 µs each on SwiftShader, where a
 * dispatch takes 20 µs and the cores wait for each other at its end. Other code costs next to nothing.
 */
const MOST_IDLE_THREADS = 1024;
const IDLE_COST_OF_OTHERS = 1 / 32;

/** About how many threads work on an iteration space, where each works alone. */
export function threadsOf(space: IterationSpace): number {
  switch (space.kind) {
    case 'elementwise':
      return space.count;
    case 'reduction':
      return space.outputs;
    case 'tiled':
      return space.count / RESULTS_OF_TILE;
  }
}

/**
 * Whether a dispatch saved is worth more than what blocks side by side cost: nothing on a GPU, which skips the
 * blocks that a workgroup does not run. A software adapter goes through them with all threads switched off.
 */
export function paysBeside(
  { blocks }: FusedKernel,
  space: IterationSpace,
  cooperative: boolean,
): boolean {
  if (cooperative) return true;
  const idle = blocks.reduce(
    (sum, { space: other }) =>
      sum + threadsOf(other) * idleCost(space) + threadsOf(space) * idleCost(other),
    0,
  );
  return idle <= MOST_IDLE_THREADS;
}

function idleCost({ kind }: IterationSpace): number {
  return kind === 'tiled' ? 1 : IDLE_COST_OF_OTHERS;
}

/** Threads of a workgroup: all that share work have the same; else by how many there are in all. */
export function workgroupSize({ blocks }: FusedKernel, cooperative: boolean): number {
  if (cooperative) return COOPERATIVE_THREADS;
  const most = Math.max(
    ...blocks.map(({ space }) => (space.kind === 'tiled' ? 0 : threadsOf(space))),
  );
  // Few threads, or such with much to do, in small groups, so that they spread evenly over the cores; many in large
  // ones, which cost less.
  return most >= 65_536 ? 256 : most >= 2048 ? 64 : 16;
}
