import { neededValues } from '../../ir/neededValues';
import type { AnyValue, OpKind, Phase, Program, RepeatPhase, Value } from '../../ir/types';
import { fuse, type FusionScope } from './loops/fuse';
import type { Loops, Work } from './loops/steps';

/** Something to compute, and the values that nobody reads after it. */
export interface Instruction {
  readonly work: Work;
  readonly release: readonly number[];
}

export interface RepeatPlan {
  readonly phase: RepeatPhase;
  readonly instructions: readonly Instruction[];
  /** Values of the body that the end of an iteration still needs. */
  readonly releaseAtEnd: readonly number[];
}

export type PlanItem =
  | { readonly kind: 'instruction'; readonly instruction: Instruction }
  | {
      readonly kind: 'repeat';
      readonly repeat: RepeatPlan;
      /** Outer values that nobody reads after the repeat. */
      readonly release: readonly number[];
    };

export interface Plan {
  readonly items: readonly PlanItem[];
  /** Values that are read when a step ends: updates, metrics and outputs. */
  readonly releaseAtEnd: readonly number[];
}

/** Kinds whose values are put in place by the running of a repeat, not computed. */
const SET_BY_REPEAT: ReadonlySet<OpKind> = new Set(['carried', 'repeatResult']);

/** Values that are equal in every step: made of data, constants and random numbers with a fixed counter. */
export function staticValues(program: Program): Set<number> {
  const found = new Set<number>();
  for (const phase of program.phases) {
    for (const value of phase.values) {
      const any = value as AnyValue;
      if (SET_BY_REPEAT.has(any.kind) || any.kind === 'iteration') continue;
      if (any.kind === 'input' && any.attributes.role !== 'data') continue;
      if (any.operands.every(({ id }) => found.has(id))) found.add(any.id);
    }
  }
  return found;
}

/** What is done at once: the values it makes and those it reads. */
interface Item {
  readonly work: Work | RepeatPlan;
  readonly makes: readonly Value[];
  readonly reads: readonly Value[];
}

function workItem(work: Work): Item {
  if (work.kind === 'loops') {
    return { work, makes: work.loops.writes, reads: work.loops.reads };
  }
  return { work, makes: [work.value], reads: work.value.operands };
}

/** For each item, which of `owned` it is the last to read. What no item reads goes with its maker. */
function lastReads(items: readonly Item[], owned: ReadonlySet<number>): number[][] {
  const last = new Map<number, number>();
  items.forEach(({ makes, reads }, index) => {
    for (const { id } of [...makes, ...reads]) last.set(id, index);
  });
  const release = items.map((): number[] => []);
  for (const [id, index] of last) if (owned.has(id)) release[index]?.push(id);
  return release;
}

/** Ids of what a phase reads that is made before it, or that outlives an iteration. */
function readByPhase(phase: Phase, needed: ReadonlySet<number>): Set<number> {
  const values = phase.values.filter(({ id }) => needed.has(id));
  const read = new Set(values.flatMap(({ operands }) => operands.map(({ id }) => id)));
  if (phase.kind === 'repeat') {
    for (const { initial, next } of phase.carried) {
      read.add(initial.id);
      read.add(next.id);
    }
  }
  return read;
}

/** What loops are to take over. */
export type Fusion = Pick<FusionScope, 'takes' | 'members'>;

interface Planning {
  readonly needed: ReadonlySet<number>;
  readonly fixed: ReadonlySet<number>;
  readonly fusion: Fusion | null;
}

function workOf(values: readonly Value[], roots: ReadonlySet<number>, planning: Planning): Item[] {
  const { fixed, fusion } = planning;
  const work: Work[] = fusion
    ? fuse(values, { roots, fixed, ...fusion })
    : values.map((value) => ({ kind: 'value', value }));
  return work.map(workItem);
}

function planRepeat(phase: RepeatPhase, planning: Planning): RepeatPlan {
  const { needed, fixed } = planning;
  const carried = phase.carried.filter(
    ({ parameter, result }) => needed.has(parameter.id) || needed.has(result.id),
  );
  const body = phase.values.filter(
    ({ id, kind }) => needed.has(id) && !fixed.has(id) && !SET_BY_REPEAT.has(kind),
  );
  const made = new Set(body.map(({ id }) => id));
  const kept = new Set(carried.map(({ next }) => next.id).filter((id) => made.has(id)));
  const items = workOf(body, kept, planning);
  const passing = new Set(
    items.flatMap(({ makes }) => makes.map(({ id }) => id)).filter((id) => !kept.has(id)),
  );
  const release = lastReads(items, passing);
  return {
    phase: { ...phase, carried },
    instructions: items.flatMap(({ work }, index) =>
      'phase' in work ? [] : [{ work, release: release[index] ?? [] }],
    ),
    releaseAtEnd: [...kept],
  };
}

/** What instructions read, from wherever. */
export function readsOf({ work }: Instruction): readonly Value[] {
  return workItem(work).reads;
}

/** The loops of a plan, also those inside its repeats. */
export function loopsOf({ items }: Plan): Loops[] {
  return items
    .flatMap((item) => (item.kind === 'repeat' ? item.repeat.instructions : [item.instruction]))
    .flatMap(({ work }) => (work.kind === 'loops' ? [work.loops] : []));
}

/**
 * Orders what a step must compute for `roots`, without the values in `fixed`, and says after which use each
 * value can go. Values that nothing needs are left out. With `fusion`, loops do what they can.
 */
export function planStep(
  program: Program,
  roots: ReadonlySet<Value>,
  fixed: ReadonlySet<number>,
  fusion: Fusion | null = null,
): Plan {
  const needed = neededValues(program, roots);
  const planning = { needed, fixed, fusion };
  const rootIds = new Set([...roots].map(({ id }) => id));
  const items: Item[] = [];
  for (const phase of program.phases) {
    if (phase.kind === 'block') {
      const values = phase.values.filter(
        ({ id, kind }) => needed.has(id) && !fixed.has(id) && !SET_BY_REPEAT.has(kind),
      );
      const outliving = new Set(rootIds);
      for (const other of program.phases) {
        if (other !== phase) for (const id of readByPhase(other, needed)) outliving.add(id);
      }
      const own = new Set(values.map(({ id }) => id).filter((id) => outliving.has(id)));
      items.push(...workOf(values, own, planning));
    } else {
      const repeat = planRepeat(phase, planning);
      const { carried } = repeat.phase;
      if (carried.length === 0) continue;
      const inside = new Set(phase.values.map(({ id }) => id));
      const reads = [
        ...repeat.instructions.flatMap(readsOf),
        ...carried.flatMap(({ initial, next }) => [initial, next]),
      ].filter(({ id }) => !inside.has(id));
      items.push({ work: repeat, makes: carried.map(({ result }) => result), reads });
    }
  }
  const owned = new Set(items.flatMap(({ makes }) => makes.map(({ id }) => id)));
  const kept = new Set([...rootIds].filter((id) => owned.has(id)));
  const release = lastReads(items, new Set([...owned].filter((id) => !kept.has(id))));
  return {
    items: items.map(({ work }, index): PlanItem => {
      const gone = release[index] ?? [];
      return 'phase' in work
        ? { kind: 'repeat', repeat: work, release: gone }
        : { kind: 'instruction', instruction: { work, release: gone } };
    }),
    releaseAtEnd: [...kept],
  };
}
