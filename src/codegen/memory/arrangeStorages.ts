import { defined } from '../../core/invariant';
import { ELEMENT_BYTES, type BufferPlan, type Storage, type StoragePlace } from '../plan';

/** First and last kernel, counted over all sections, between which a storage's contents matter. */
export interface Lifetime {
  first: number;
  last: number;
}

/** What kernels touch, in order, run `count` times a step. */
export interface TouchedSection {
  readonly count: number;
  readonly kernels: readonly TouchedKernel[];
}

export interface TouchedKernel {
  readonly reads: ReadonlySet<Storage>;
  readonly writes: ReadonlySet<Storage>;
}

/** Storages start at multiples of this many elements: at lines of the cache. */
const ALIGNMENT = 16;

export interface Arrangement {
  readonly buffers: BufferPlan[];
  readonly placeOf: Map<number, StoragePlace>;
}

/**
 * Gives storages their places in the buffers they belong to. What must be kept lies side by side; temporaries
 * whose lifetimes do not meet share memory: largest first, each at the lowest place that is free for its
 * lifetime (Pisarchyk and Lee 2020, "greedy by size for offset calculation").
 */
export function arrangeStorages(
  sections: readonly TouchedSection[],
  storages: readonly Storage[],
  bufferOf: (storage: Storage) => number,
  labelOf: (storage: Storage) => string,
): Arrangement {
  const lifetimes = storageLifetimes(sections);
  const members = new Map<number, Storage[]>();
  for (const storage of storages) {
    const number = bufferOf(storage);
    members.set(number, [...(members.get(number) ?? []), storage]);
  }
  const buffers: BufferPlan[] = [];
  const placeOf = new Map<number, StoragePlace>();
  for (const list of members.values()) {
    const buffer = buffers.length;
    const offsets = arrange(list, lifetimes);
    let end = 0;
    for (const storage of list) {
      const offset = defined(offsets.get(storage), 'offset');
      placeOf.set(storage.id, { buffer, offset });
      end = Math.max(end, offset + storage.length);
    }
    buffers.push({
      label: labelOf(defined(list[0], 'storage')),
      byteLength: Math.max(1, end) * ELEMENT_BYTES,
      storages: list,
    });
  }
  return { buffers, placeOf };
}

function arrange(
  storages: readonly Storage[],
  lifetimes: ReadonlyMap<Storage, Lifetime>,
): Map<Storage, number> {
  const always: Lifetime = { first: 0, last: Infinity };
  const placed: { start: number; end: number; lifetime: Lifetime }[] = [];
  const offsets = new Map<Storage, number>();
  let kept = 0;
  for (const storage of storages) {
    if (storage.role === 'temporary') continue;
    offsets.set(storage, kept);
    kept = aligned(kept + storage.length);
  }
  placed.push({ start: 0, end: kept, lifetime: always });
  const shared = storages.filter(({ role }) => role === 'temporary');
  for (const storage of shared.sort((a, b) => b.length - a.length || a.id - b.id)) {
    const lifetime = lifetimes.get(storage) ?? always;
    let start = 0;
    for (const other of placed) {
      if (other.end <= start || !meets(other.lifetime, lifetime)) continue;
      if (other.start >= start + storage.length) break;
      start = other.end;
    }
    offsets.set(storage, start);
    placed.push({ start, end: aligned(start + storage.length), lifetime });
    placed.sort((a, b) => a.start - b.start);
  }
  return offsets;
}

function aligned(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}

function meets(a: Lifetime, b: Lifetime): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function storageLifetimes(sections: readonly TouchedSection[]): Map<Storage, Lifetime> {
  const lifetimes = new Map<Storage, Lifetime>();
  const extend = (storage: Storage, first: number, last: number): void => {
    const lifetime = lifetimes.get(storage);
    if (!lifetime) lifetimes.set(storage, { first, last });
    else {
      lifetime.first = Math.min(lifetime.first, first);
      lifetime.last = Math.max(lifetime.last, last);
    }
  };
  const homes = sectionsOfStorages(sections);
  let start = 0;
  sections.forEach(({ count, kernels }) => {
    const end = start + kernels.length - 1;
    kernels.forEach((kernel, place) => {
      for (const storage of touchedBy(kernel)) {
        // What comes into a loop or leaves it must last through all of its iterations.
        const crosses = (homes.get(storage)?.size ?? 0) > 1 || isReadFirst(kernels, storage);
        if (count > 1 && crosses) extend(storage, start, end);
        else extend(storage, start + place, start + place);
      }
    });
    start = end + 1;
  });
  return lifetimes;
}

function touchedBy({ reads, writes }: TouchedKernel): Set<Storage> {
  return new Set([...reads, ...writes]);
}

function sectionsOfStorages(sections: readonly TouchedSection[]): Map<Storage, Set<number>> {
  const homes = new Map<Storage, Set<number>>();
  sections.forEach(({ kernels }, number) => {
    for (const kernel of kernels) {
      for (const storage of touchedBy(kernel)) {
        const home = homes.get(storage) ?? new Set();
        homes.set(storage, home.add(number));
      }
    }
  });
  return homes;
}

/** Whether an iteration begins by reading what the last one left. */
function isReadFirst(kernels: readonly TouchedKernel[], storage: Storage): boolean {
  for (const { reads, writes } of kernels) {
    if (reads.has(storage)) return true;
    if (writes.has(storage)) return false;
  }
  return false;
}
