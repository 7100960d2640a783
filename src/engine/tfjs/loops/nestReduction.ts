import type { Value } from '../../../ir/types';
import {
  addToMemory,
  addTotalToMemory,
  extremeAccumulator,
  neutral,
  sumAccumulator,
} from './reductionCode';
import type { Width } from './streamCode';
import type { WasmCode } from './wasmCode';

/** What a nest does for one of its reductions, in the order in which it is called. */
export interface NestReduction {
  /** Before the loops. */
  prepare(): void;
  /** When the loops from `level` on begin, and when they have ended. */
  enter(level: number): void;
  add(x: number, width: Width): void;
  exit(level: number): void;
  /** After the loops. */
  finish(): void;
}

interface ReductionMemory {
  /** Local with the address of the result's element; it moves with the loops. */
  readonly target: number;
  /** Elements of the result. */
  readonly count: number;
  pushScratch(bytes: number): void;
  /** A second pointer over elements of twice the size, at the same places as `target`. */
  walk(pushAddress: () => void): number;
}

const BYTES_PER_SUM = 8;

/**
 * When the reduced loops are the innermost, the total grows in locals and is stored once. Otherwise totals grow
 * in memory: extremes in the result itself, sums in float64 beside it.
 */
export function nestReduction(
  code: WasmCode,
  { attributes: { kind } }: Value<'reduce'>,
  isReduced: readonly boolean[],
  memory: ReductionMemory,
): NestReduction {
  const start = isReduced.findLastIndex((flag) => !flag) + 1;
  const isInner = start < isReduced.length || isReduced.length === 0;
  const isDirect = isInner && isReduced.slice(0, start).every((flag) => !flag);
  const accumulator = kind === 'sum' ? sumAccumulator(code) : extremeAccumulator(code, kind);
  const enter = (level: number): void => {
    if (isInner && level === start) accumulator.start();
  };
  if (isDirect) {
    return {
      prepare: () => undefined,
      enter,
      add: (x, width) => accumulator.add(x, width),
      exit: (level) => {
        if (level !== start) return;
        code.get(memory.target);
        accumulator.total();
        if (kind === 'sum') code.op('f32.demote_f64');
        code.memory('f32.store');
      },
      finish: () => undefined,
    };
  }
  const first = code.local('i32');
  const sums = code.local('i32');
  let running = memory.target;
  if (kind === 'sum') {
    memory.pushScratch(memory.count * BYTES_PER_SUM);
    code.set(sums);
    running = memory.walk(() => code.get(sums));
  }
  return {
    prepare: () => {
      code.get(memory.target).set(first);
      if (kind === 'sum') {
        code
          .get(sums)
          .i32(0)
          .i32(memory.count * BYTES_PER_SUM)
          .fill();
        return;
      }
      const next = code.local('i32');
      code.get(first).set(next);
      code.repeat(memory.count, () => {
        code.get(next).f32(neutral(kind)).memory('f32.store');
        code.get(next).i32(4).op('i32.add').set(next);
      });
    },
    enter,
    add: (x, width) => {
      if (isInner) accumulator.add(x, width);
      else addToMemory(code, kind, running, x, width);
    },
    exit: (level) => {
      if (!isInner || level !== start) return;
      accumulator.total();
      addTotalToMemory(code, kind, running);
    },
    finish: () => {
      if (kind !== 'sum') return;
      code.repeat(memory.count, () => {
        code.get(first).get(sums).memory('f64.load').op('f32.demote_f64').memory('f32.store');
        code.get(first).i32(4).op('i32.add').set(first);
        code.get(sums).i32(BYTES_PER_SUM).op('i32.add').set(sums);
      });
    },
  };
}
