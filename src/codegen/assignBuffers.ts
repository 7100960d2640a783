import { defined } from '../core/invariant';
import { ELEMENT_BYTES, type BufferPlan, type Kernel, type Section, type Storage } from './plan';

/** First and last kernel, counted over all sections, between which a storage's contents matter. */
interface Lifetime {
  first: number;
  last: number;
}

interface OpenBuffer {
  label: string;
  byteLength: number;
  storages: Storage[];
}

/**
 * A buffer for each storage; temporaries whose lifetimes do not meet share one. Largest first, each into the
 * first buffer that is free for its lifetime (Pisarchyk and Lee 2020, "greedy by size").
 */
export function assignBuffers(
  sections: readonly Section[],
  storages: readonly Storage[],
): { buffers: BufferPlan[]; bufferOf: Map<number, number> } {
  const lifetimes = storageLifetimes(sections);
  const buffers: OpenBuffer[] = [];
  const shared: number[] = [];
  const bufferOf = new Map<number, number>();
  const bytes = ({ length }: Storage): number => length * ELEMENT_BYTES;

  const largestFirst = [...storages].sort((a, b) => b.length - a.length || a.id - b.id);
  for (const storage of largestFirst) {
    const lifetime = lifetimes.get(storage.id);
    if (storage.role === 'temporary' && lifetime) {
      const free = shared.find((number) =>
        defined(buffers[number], 'buffer').storages.every((other) => {
          const taken = defined(lifetimes.get(other.id), 'lifetime');
          return taken.last < lifetime.first || lifetime.last < taken.first;
        }),
      );
      if (free !== undefined) {
        defined(buffers[free], 'buffer').storages.push(storage);
        bufferOf.set(storage.id, free);
        continue;
      }
      shared.push(buffers.length);
    }
    bufferOf.set(storage.id, buffers.length);
    const label = storage.role === 'temporary' ? `shared ${shared.length}` : storage.name;
    buffers.push({ label, byteLength: bytes(storage), storages: [storage] });
  }
  return { buffers, bufferOf };
}

function storageLifetimes(sections: readonly Section[]): Map<number, Lifetime> {
  const lifetimes = new Map<number, Lifetime>();
  const extend = (id: number, first: number, last: number): void => {
    const lifetime = lifetimes.get(id);
    if (!lifetime) lifetimes.set(id, { first, last });
    else {
      lifetime.first = Math.min(lifetime.first, first);
      lifetime.last = Math.max(lifetime.last, last);
    }
  };
  const homes = sectionsOfStorages(sections);
  let start = 0;
  sections.forEach(({ count, kernels }) => {
    const end = start + kernels.length - 1;
    kernels.forEach(({ bindings }, place) => {
      for (const { storage } of bindings) {
        // What comes into a loop or leaves it must last through all of its iterations.
        const crosses = (homes.get(storage.id)?.size ?? 0) > 1 || isReadFirst(kernels, storage);
        if (count > 1 && crosses) extend(storage.id, start, end);
        else extend(storage.id, start + place, start + place);
      }
    });
    start = end + 1;
  });
  return lifetimes;
}

function sectionsOfStorages(sections: readonly Section[]): Map<number, Set<number>> {
  const homes = new Map<number, Set<number>>();
  sections.forEach(({ kernels }, number) => {
    for (const { bindings } of kernels) {
      for (const { storage } of bindings) {
        const home = homes.get(storage.id) ?? new Set();
        homes.set(storage.id, home.add(number));
      }
    }
  });
  return homes;
}

function isReadFirst(kernels: readonly Kernel[], storage: Storage): boolean {
  for (const { bindings } of kernels) {
    const binding = bindings.find((candidate) => candidate.storage === storage);
    if (binding) return binding.access === 'read';
  }
  return false;
}
