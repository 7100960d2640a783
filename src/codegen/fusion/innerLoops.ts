import { COOPERATIVE_THREADS } from '../lowering/loweringContext';
import type { InnerLoop, LoopNest, ReductionSpace } from '../wgsl/loopNest';
import type { Block } from './fusedKernel';

/**
 * A loop over rows or columns by fewer threads leaves cores idle that a kernel of its own would use; that is worth
 * a dispatch only for loops longer than this.
 */
const LEAST_THREADS = 16;
const SHORT_LOOP = 256;
/** Elements for each thread of a GPU above which a kernel of its own, with more threads, takes less time. */
const MOST_ELEMENTS = 64;

/**
 * The ways in which a loop nest may go on in a block: null for each element or output of its threads, or in a loop over
 * rows or columns that another stage goes over too.
 */
export function waysToJoin({ space, stages }: Block, nest: LoopNest): (InnerLoop | null)[] {
  switch (space.kind) {
    case 'elementwise':
    case 'tiled':
      return nest.kind === 'elementwise' && nest.count === space.count ? [null] : [];
    case 'reduction':
      if (nest.kind === 'reduction') {
        return nest.outputs === space.outputs && nest.by === space.by ? [null] : [];
      }
      if (nest.kind !== 'elementwise') return [];
      return nest.count === space.outputs ? [null] : innerLoops(stages, space, nest.count);
  }
}

/** The loops of the stages over `count` elements. */
function innerLoops(
  stages: Block['stages'],
  { outputs, by }: ReductionSpace,
  count: number,
): InnerLoop[] {
  const threads = by === 'thread' ? outputs : outputs * COOPERATIVE_THREADS;
  const each = count / threads;
  if (by === 'workgroup' ? each > MOST_ELEMENTS : threads < LEAST_THREADS && each > SHORT_LOOP) {
    return [];
  }
  const found: InnerLoop[] = [];
  for (const { nest, innerLoop } of stages) {
    const own = innerLoop ?? (nest.kind === 'reduction' ? nest.innerLoop : null);
    if (!own || own.outputs * own.terms !== count) continue;
    if (!found.some(({ order }) => order === own.order)) found.push(own);
  }
  return found;
}
