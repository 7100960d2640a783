import type { Value } from '../ir/types';
import { OWN_INDEX, type KernelWriter, type StorageUse } from './kernelWriter';
import type { KernelKind, Storage } from './plan';

/** A kernel to be: it can be written again whenever the place of a value changes. */
export interface Draft {
  readonly kind: KernelKind;
  /** The value it computes; null for bookkeeping and copies. */
  readonly value: Value | null;
  readonly label: string;
  readonly write: (writer: KernelWriter) => void;
  /** For a kernel of one thread an element: their number, and what one thread does. Such kernels can be joined. */
  readonly elementwise?: {
    readonly count: number;
    readonly body: (writer: KernelWriter) => void;
  };
  /** What it touches, by the places known when it was made. */
  readonly uses: ReadonlyMap<Storage, StorageUse>;
}

/** Drafts in order, run `count` times a step. */
export interface DraftSection {
  readonly count: number;
  readonly drafts: Draft[];
}

/** Name of the index of a thread's own element among `count`. */
export function ownIndex(count: number): string {
  return count === 1 ? '0u' : OWN_INDEX;
}

export function readsOf(draft: Draft, storage: Storage): boolean {
  return draft.uses.get(storage)?.read ?? false;
}

export function writesOf(draft: Draft, storage: Storage): boolean {
  return draft.uses.get(storage)?.written ?? false;
}

/** Name of an op with what tells its variants apart, e.g. `tanh` or `reduce.sum`. */
export function opName(value: Value): string {
  const { attributes } = value;
  if ('op' in attributes) return String(attributes.op);
  if ('kind' in attributes) return `${value.kind}.${String(attributes.kind)}`;
  return value.kind;
}
