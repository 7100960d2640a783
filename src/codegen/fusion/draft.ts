import type { Value } from '../../ir/types';
import { OWN_INDEX, type KernelWriter } from '../wgsl/kernelWriter';
import type { KernelKind } from '../plan';
import type { Accesses } from '../memory/accesses';

/**
 * How the elements of an array of outputs × terms lie: all terms of an output behind each other (`rows`), or all
 * outputs of a term (`columns`).
 */
export interface Sweep {
  readonly order: 'rows' | 'columns';
  readonly outputs: number;
  readonly terms: number;
}

/** What a thread does for one element, given the name of the element's index. */
export type ElementBody = (writer: KernelWriter, index: string) => void;

/** Work of one thread an element: it can be done wherever a thread has that element. */
export interface MapWork {
  readonly form: 'map';
  readonly count: number;
  readonly body: ElementBody;
}

/** Work that goes over many terms for each output: by one thread each, or by one workgroup each. */
export interface FoldWork {
  readonly form: 'fold';
  readonly outputs: number;
  readonly by: 'thread' | 'workgroup';
  /** The arrays it goes over element by element. */
  readonly sweep: Sweep | null;
  /** Writes the loop and stores output `i`. */
  readonly body: (writer: KernelWriter) => void;
}

/** Work with a grid of its own, that has each of `count` results in some thread at its end. */
export interface TileWork {
  readonly form: 'tile';
  readonly count: number;
  /** Writes all; calls `each` wherever a result has been stored. */
  readonly body: (writer: KernelWriter, each: ElementBody) => void;
}

export type Work = MapWork | FoldWork | TileWork;

/** A piece of work of a kernel to be: it can be written again whenever the place of a value changes. */
export interface Draft {
  readonly kind: KernelKind;
  /** The value it computes; null for bookkeeping and copies. */
  readonly value: Value | null;
  readonly label: string;
  readonly work: Work;
  /** What it touches, by the places known when it was made. */
  readonly uses: { readonly reads: Accesses; readonly writes: Accesses };
}

/** Drafts in order, run `count` times a step. */
export interface DraftSection {
  readonly count: number;
  readonly drafts: Draft[];
}

/** Elements of a thread's own number, at the start of their storage. */
const OWN_ELEMENTS = `${OWN_INDEX}+0`;

/** Name of the index of a thread's own element among `count`. */
export function ownIndex(count: number): string {
  return count === 1 ? '0u' : OWN_INDEX;
}

/** Whether threads read of a storage only the element of their own number. */
export function readsOwnOnly(
  { uses }: Draft,
  storage: Parameters<Accesses['touches']>[0],
): boolean {
  return uses.reads.isOnlyBy(storage, OWN_ELEMENTS);
}

/** Name of an op with what tells its variants apart, e.g. `tanh` or `reduce.sum`. */
export function opName(value: Value): string {
  const { attributes } = value;
  if ('op' in attributes) return String(attributes.op);
  if ('kind' in attributes) return `${value.kind}.${String(attributes.kind)}`;
  return value.kind;
}
