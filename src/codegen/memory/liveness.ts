import type { Storage } from '../plan';

/** What a kernel reads and writes. */
export interface KernelAccesses {
  readonly reads: ReadonlySet<Storage>;
  readonly writes: ReadonlySet<Storage>;
}

/** Kernels in order, run `count` times a step. */
export interface SectionAccesses {
  readonly count: number;
  readonly kernels: readonly KernelAccesses[];
}

/** First and last kernel, counted over all sections, between which a storage's contents matter. */
export interface LivenessInterval {
  first: number;
  last: number;
}

export function interfere(a: LivenessInterval, b: LivenessInterval): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function livenessIntervals(
  sections: readonly SectionAccesses[],
): Map<Storage, LivenessInterval> {
  const intervals = new Map<Storage, LivenessInterval>();
  const extend = (storage: Storage, first: number, last: number): void => {
    const interval = intervals.get(storage);
    if (!interval) intervals.set(storage, { first, last });
    else {
      interval.first = Math.min(interval.first, first);
      interval.last = Math.max(interval.last, last);
    }
  };
  const homes = sectionsOfStorages(sections);
  let start = 0;
  sections.forEach(({ count, kernels }) => {
    const end = start + kernels.length - 1;
    kernels.forEach((kernel, place) => {
      for (const storage of accessedBy(kernel)) {
        // What comes into a loop or leaves it must last through all of its iterations.
        const crosses = (homes.get(storage)?.size ?? 0) > 1 || isReadFirst(kernels, storage);
        if (count > 1 && crosses) extend(storage, start, end);
        else extend(storage, start + place, start + place);
      }
    });
    start = end + 1;
  });
  return intervals;
}

function accessedBy({ reads, writes }: KernelAccesses): Set<Storage> {
  return new Set([...reads, ...writes]);
}

function sectionsOfStorages(sections: readonly SectionAccesses[]): Map<Storage, Set<number>> {
  const homes = new Map<Storage, Set<number>>();
  sections.forEach(({ kernels }, number) => {
    for (const kernel of kernels) {
      for (const storage of accessedBy(kernel)) {
        const home = homes.get(storage) ?? new Set();
        homes.set(storage, home.add(number));
      }
    }
  });
  return homes;
}

/** Whether an iteration begins by reading what the last one left. */
function isReadFirst(kernels: readonly KernelAccesses[], storage: Storage): boolean {
  for (const { reads, writes } of kernels) {
    if (reads.has(storage)) return true;
    if (writes.has(storage)) return false;
  }
  return false;
}
