import { unreachable } from '../../core/invariant';
import type { KernelWriter } from './kernelWriter';
import type { InnerLoop, IterationSpace, LoopNest, ReductionSpace } from './loopNest';
import { ownIndex } from './ownIndex';

/**
 * A loop nest in a block: done for each element or output of the block's threads, or, an elementwise one, in an inner
 * loop of each output.
 */
export interface Stage {
  readonly nest: LoopNest;
  readonly innerLoop: InnerLoop | null;
}

/** Writes the stages of a block, in order, and ends it. The first stage of a tiled block is the one with the tiles. */
export function writeBlock(w: KernelWriter, space: IterationSpace, stages: readonly Stage[]): void {
  switch (space.kind) {
    case 'elementwise':
      w.gridOfElements(space.count);
      stages.forEach(({ nest }) => writeElement(w, nest, ownIndex(space.count)));
      break;
    case 'reduction':
      writeReductions(w, space, stages);
      break;
    case 'tiled':
      writeTiles(w, stages);
      break;
    default:
      unreachable(space);
  }
  w.finish();
}

function writeElement(w: KernelWriter, nest: LoopNest, index: string): void {
  if (nest.kind === 'elementwise') nest.body(w, index);
}

function writeTiles(w: KernelWriter, [first, ...others]: readonly Stage[]): void {
  if (first?.nest.kind !== 'tiled') return;
  first.nest.body(w, (inside, index) =>
    others.forEach(({ nest }) => writeElement(inside, nest, index)),
  );
}

function writeReductions(
  w: KernelWriter,
  { outputs, by }: ReductionSpace,
  stages: readonly Stage[],
): void {
  if (by === 'thread') {
    w.gridOfElements(outputs);
    stages.forEach((stage) => writeStage(w, stage, outputs, by));
    return;
  }
  w.gridOfGroups(outputs);
  w.storesOnlyIf('local == 0u', () =>
    stages.forEach((stage, number) => {
      // What the first thread stored and what others read again must be in memory.
      if (number > 0) w.line('storageBarrier();');
      writeStage(w, stage, outputs, by);
    }),
  );
}

function writeStage(
  w: KernelWriter,
  { nest, innerLoop }: Stage,
  outputs: number,
  by: ReductionSpace['by'],
): void {
  if (nest.kind === 'reduction') nest.body(w);
  if (nest.kind !== 'elementwise') return;
  if (!innerLoop) return nest.body(w, ownIndex(outputs));
  loopOverTerms(w, innerLoop, by, (inside, index) =>
    inside.storesAlways(() => nest.body(inside, index)),
  );
}

/** A loop over the terms of the own output, by one thread, or in turn by the threads of the workgroup. */
export function loopOverTerms(
  w: KernelWriter,
  loop: InnerLoop,
  by: ReductionSpace['by'],
  body: (writer: KernelWriter, index: string) => void,
): void {
  const [start, stride] = by === 'thread' ? ['0u', 1] : ['local', w.threads];
  w.block(`for (var r = ${start}; r < ${loop.terms}u; r += ${stride}u)`, () =>
    body(w, termIndex(w, loop, 'r')),
  );
}

/**
 * The index of a term of the own output in an array of outputs × terms, with what is known of it: its two
 * coordinates, and that only the threads of its output reach it.
 */
function termIndex(w: KernelWriter, { order, outputs, terms }: InnerLoop, term: string): string {
  const own = ownIndex(outputs);
  const inner = order === 'rows' ? terms : outputs;
  const [outer, within] = order === 'rows' ? [own, term] : [term, own];
  const index = w.let(flatIndex(outer, inner, within));
  w.own(index, `${order} ${outputs}×${terms}`);
  // As index expressions of views say it.
  w.know(`${index} / ${inner}u`, outer);
  w.know(`(${index} / ${inner}u)`, outer);
  w.know(`(${index}) % ${inner}u`, within);
  w.know(`(${index} % ${inner}u)`, within);
  return index;
}

function flatIndex(outer: string, inner: number, within: string): string {
  const start = outer === '0u' ? null : inner === 1 ? outer : `${outer} * ${inner}u`;
  if (start === null) return within;
  return within === '0u' ? start : `${start} + ${within}`;
}
