import { elementCount, type OpKind, type Program, type Value } from '../../ir/types';
import { bytesOf } from './loops/nestGeometry';
import { storedByStep } from './loops/steps';
import type { Instruction, Plan } from './plan';
import type { Plans } from './planProgram';

/** What a program is sure to take in memory. */
export interface PlanMemory {
  /** Most bytes that are alive together: data, state, what is kept, and the values between. */
  readonly peakBytes: number;
  /** The node of the largest array, when it has one. */
  readonly largest: string | null;
}

/** Kinds that show what is there already, or are kept small until somebody needs every element. */
const TAKES_NOTHING: ReadonlySet<OpKind> = new Set<OpKind>([
  ...(['constant', 'broadcast', 'reshape', 'stopGradient', 'input'] as const),
  ...(['carried', 'repeatResult', 'iteration'] as const),
]);

function bytes({ shape, dtype }: Pick<Value, 'shape' | 'dtype'>): number {
  return elementCount(shape) * bytesOf(dtype);
}

function bytesMade(value: Value): number {
  return TAKES_NOTHING.has(value.kind) ? 0 : bytes(value);
}

function madeBy({ work }: Instruction): readonly Value[] {
  return work.kind === 'value' ? [work.value] : work.loops.writes;
}

function instructionsOf({ items }: Plan): Instruction[] {
  return items.flatMap((item) =>
    item.kind === 'repeat' ? item.repeat.instructions : [item.instruction],
  );
}

/** Most bytes of values that are alive together while a plan runs. */
function peakOf({ items }: Plan): number {
  const alive = new Map<number, number>();
  let now = 0;
  let most = 0;
  const release = (ids: readonly number[]): void => {
    for (const id of ids) {
      now -= alive.get(id) ?? 0;
      alive.delete(id);
    }
  };
  const follow = (instruction: Instruction): void => {
    for (const value of madeBy(instruction)) {
      alive.set(value.id, bytesMade(value));
      now += bytesMade(value);
    }
    most = Math.max(most, now);
    release(instruction.release);
  };
  for (const item of items) {
    if (item.kind === 'instruction') {
      follow(item.instruction);
      continue;
    }
    item.repeat.instructions.forEach(follow);
    release(item.repeat.releaseAtEnd);
    release(item.release);
  }
  return most;
}

/** The largest array that any of the plans makes, also on the way from one loop to the next. */
function largestOf(plans: Plans): Value | null {
  let largest: Value | null = null;
  for (const { work } of [plans.full, plans.lean, plans.once].flatMap(instructionsOf)) {
    const made =
      work.kind === 'value'
        ? [work.value]
        : work.loops.steps.flatMap((step) => [...storedByStep(step)]);
    for (const value of made) {
      if (largest === null || bytesMade(value) > bytesMade(largest)) largest = value;
    }
  }
  return largest;
}

/**
 * The memory of a program that runs by `plans`, from the lifetimes of its values; `scratchBytes` is what its loops use
 * besides. A lower bound: kernels may need room for themselves, and what is held small may have to be spread out. So a
 * program that is over a limit by this number does not run, and one that is just under it may still fail.
 */
export function planMemory(program: Program, plans: Plans, scratchBytes: number): PlanMemory {
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  const stays = new Set(plans.once.releaseAtEnd);
  const fixed = instructionsOf(plans.once)
    .flatMap(madeBy)
    .filter(({ id }) => stays.has(id));
  return {
    peakBytes:
      sum([...program.data, ...program.state].map(bytes)) +
      sum(fixed.map(bytesMade)) +
      Math.max(peakOf(plans.full), peakOf(plans.lean)) +
      scratchBytes,
    largest: largestOf(plans)?.origin ?? null,
  };
}
