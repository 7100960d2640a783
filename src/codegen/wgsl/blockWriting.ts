import { unreachable } from '../../core/invariant';
import type { Draft, Sweep, Work } from '../fusion/draft';
import { ownIndex } from '../fusion/draft';
import type { KernelWriter } from './kernelWriter';

/**
 * The threads of a block. `map`: a thread an element. `fold`: a thread or a workgroup an output. `tile`: as its
 * first draft has it.
 */
export type BlockForm =
  | { readonly form: 'map'; readonly count: number }
  | { readonly form: 'fold'; readonly outputs: number; readonly by: 'thread' | 'workgroup' }
  | { readonly form: 'tile'; readonly count: number };

/** Work in a block: for each element or output of the block's threads, or in a loop over a sweep. */
export interface StageWork {
  readonly draft: Pick<Draft, 'work'>;
  readonly sweep: Sweep | null;
}

export interface Stage extends StageWork {
  readonly draft: Draft;
}

export function formOfWork(work: Work): BlockForm {
  switch (work.form) {
    case 'map':
      return { form: 'map', count: work.count };
    case 'fold':
      return { form: 'fold', outputs: work.outputs, by: work.by };
    case 'tile':
      return { form: 'tile', count: work.count };
  }
}

/** Writes the stages of a block, in order, and ends it. */
export function writeBlock(w: KernelWriter, form: BlockForm, stages: readonly StageWork[]): void {
  switch (form.form) {
    case 'map':
      w.gridOfElements(form.count);
      stages.forEach((stage) => writeElement(w, stage.draft.work, ownIndex(form.count)));
      break;
    case 'fold':
      writeFold(w, form, stages);
      break;
    case 'tile':
      writeTile(w, stages);
      break;
    default:
      unreachable(form);
  }
  w.finish();
}

function writeElement(w: KernelWriter, work: Work, index: string): void {
  if (work.form === 'map') work.body(w, index);
}

function writeTile(w: KernelWriter, [first, ...others]: readonly StageWork[]): void {
  if (first?.draft.work.form !== 'tile') return;
  first.draft.work.body(w, (inside, index) =>
    others.forEach(({ draft }) => writeElement(inside, draft.work, index)),
  );
}

function writeFold(
  w: KernelWriter,
  { outputs, by }: Extract<BlockForm, { form: 'fold' }>,
  stages: readonly StageWork[],
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
  { draft: { work }, sweep }: StageWork,
  outputs: number,
  by: 'thread' | 'workgroup',
): void {
  if (work.form === 'fold') work.body(w);
  if (work.form !== 'map') return;
  if (!sweep) return work.body(w, ownIndex(outputs));
  sweepTerms(w, sweep, by, (inside, index) => inside.storesAlways(() => work.body(inside, index)));
}

/** A loop over the terms of the own output, by one thread, or in turn by the threads of the workgroup. */
export function sweepTerms(
  w: KernelWriter,
  sweep: Sweep,
  by: 'thread' | 'workgroup',
  body: (writer: KernelWriter, index: string) => void,
): void {
  const [start, stride] = by === 'thread' ? ['0u', 1] : ['local', w.threads];
  w.block(`for (var r = ${start}; r < ${sweep.terms}u; r += ${stride}u)`, () =>
    body(w, sweptIndex(w, sweep, 'r')),
  );
}

/**
 * The index of a term of the own output in an array of outputs × terms, with what is known of it: its two
 * coordinates, and that only the threads of its output reach it.
 */
export function sweptIndex(
  w: KernelWriter,
  { order, outputs, terms }: Sweep,
  term: string,
): string {
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
