import type { Value } from '../../ir/types';
import type { Accesses } from '../memory/accesses';
import type { KernelKind, Storage } from '../plan';
import type { LoopNest } from '../wgsl/loopNest';
import { OWN_ELEMENTS } from '../wgsl/ownIndex';

/**
 * A kernel as lowering makes it, before fusion: one loop nest. Its code is written again whenever the place of a value
 * changes.
 */
export interface LoweredKernel {
  readonly kind: KernelKind;
  /** The value it computes; null for bookkeeping and copies. */
  readonly value: Value | null;
  readonly label: string;
  readonly nest: LoopNest;
  /** What it touches, by the places known when it was made. */
  readonly accesses: { readonly reads: Accesses; readonly writes: Accesses };
}

/** Kernels in order, run `count` times a step. */
export interface LoweredSection {
  readonly count: number;
  readonly kernels: LoweredKernel[];
}

export function readsStorage({ accesses }: LoweredKernel, storage: Storage): boolean {
  return accesses.reads.touches(storage);
}

export function writesStorage({ accesses }: LoweredKernel, storage: Storage): boolean {
  return accesses.writes.touches(storage);
}

/** Whether threads read of a storage only the element of their own number. */
export function readsOwnOnly({ accesses }: LoweredKernel, storage: Storage): boolean {
  return accesses.reads.isOnlyBy(storage, OWN_ELEMENTS);
}
