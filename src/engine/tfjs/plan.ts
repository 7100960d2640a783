import { defined } from '../../core/invariant';
import type { AnyValue, OpKind, Program, RepeatPhase, Value } from '../../ir/types';

/** One value to compute, and the values that nobody reads after it. */
export interface Instruction {
  readonly value: Value;
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

function repeats(program: Program): RepeatPhase[] {
  return program.phases.filter((phase) => phase.kind === 'repeat');
}

/** Ids of all values that `roots` depend on. */
export function neededValues(program: Program, roots: Iterable<Value>): Set<number> {
  const phases = new Map(repeats(program).map((phase) => [phase.id, phase]));
  const needed = new Set<number>();
  const open = [...roots];
  for (let value = open.pop(); value; value = open.pop()) {
    if (needed.has(value.id)) continue;
    needed.add(value.id);
    open.push(...value.operands);
    const any = value as AnyValue;
    if (any.kind === 'carried' || any.kind === 'repeatResult') {
      const phase = defined(phases.get(any.attributes.repeat), 'the repeat of a carried value');
      const carried = defined(phase.carried[any.attributes.index], 'carried value');
      open.push(carried.initial, carried.parameter, carried.next, carried.result);
    }
  }
  return needed;
}

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

interface Item {
  readonly value: Value | null;
  readonly repeat: RepeatPlan | null;
  readonly reads: readonly Value[];
}

/** For each item, which of `owned` it is the last to read. What no item reads goes with its maker. */
function lastReads(items: readonly Item[], owned: ReadonlySet<number>): number[][] {
  const last = new Map<number, number>();
  items.forEach(({ value, repeat, reads }, index) => {
    if (value) last.set(value.id, index);
    for (const { result } of repeat?.phase.carried ?? []) last.set(result.id, index);
    for (const { id } of reads) last.set(id, index);
  });
  const release = items.map((): number[] => []);
  for (const [id, index] of last) if (owned.has(id)) release[index]?.push(id);
  return release;
}

function planRepeat(
  phase: RepeatPhase,
  needed: ReadonlySet<number>,
  fixed: ReadonlySet<number>,
): RepeatPlan {
  const carried = phase.carried.filter(({ result }) => needed.has(result.id));
  const body = phase.values.filter(
    ({ id, kind }) => needed.has(id) && !fixed.has(id) && !SET_BY_REPEAT.has(kind),
  );
  const made = new Set(body.map(({ id }) => id));
  const kept = new Set(carried.map(({ next }) => next.id).filter((id) => made.has(id)));
  const passing = new Set([...made].filter((id) => !kept.has(id)));
  const items = body.map((value) => ({ value, repeat: null, reads: value.operands }));
  const release = lastReads(items, passing);
  return {
    phase: { ...phase, carried },
    instructions: body.map((value, index) => ({ value, release: release[index] ?? [] })),
    releaseAtEnd: [...kept],
  };
}

/**
 * Orders what a step must compute for `roots`, without the values in `fixed`, and says after which use each
 * value can go. Values that nothing needs are left out.
 */
export function planStep(
  program: Program,
  roots: ReadonlySet<Value>,
  fixed: ReadonlySet<number>,
): Plan {
  const needed = neededValues(program, roots);
  const items: Item[] = [];
  const owned = new Set<number>();
  for (const phase of program.phases) {
    if (phase.kind === 'block') {
      for (const value of phase.values) {
        if (!needed.has(value.id) || fixed.has(value.id)) continue;
        owned.add(value.id);
        items.push({ value, repeat: null, reads: value.operands });
      }
    } else {
      const repeat = planRepeat(phase, needed, fixed);
      const { carried } = repeat.phase;
      if (carried.length === 0) continue;
      for (const { result } of carried) owned.add(result.id);
      const inside = new Set(phase.values.map(({ id }) => id));
      const reads = [
        ...repeat.instructions.flatMap(({ value }) => value.operands),
        ...carried.flatMap(({ initial, next }) => [initial, next]),
      ].filter(({ id }) => !inside.has(id));
      items.push({ value: null, repeat, reads });
    }
  }
  const kept = new Set([...roots].map(({ id }) => id).filter((id) => owned.has(id)));
  const release = lastReads(items, new Set([...owned].filter((id) => !kept.has(id))));
  return {
    items: items.map(({ value, repeat }, index) => {
      const gone = release[index] ?? [];
      return value
        ? { kind: 'instruction', instruction: { value, release: gone } }
        : { kind: 'repeat', repeat: defined(repeat, 'repeat of an item'), release: gone };
    }),
    releaseAtEnd: [...kept],
  };
}
