import { defined } from '../../core/invariant';
import { ELEMENT_BYTES, type BufferPlan, type Storage, type StoragePlace } from '../plan';
import { bufferLabel } from './arenas';
import { interfere, type LivenessInterval } from './liveness';

/** Storages start at multiples of this many elements: at lines of the cache. */
const ALIGNMENT = 16;

export interface BufferAssignment {
  readonly buffers: readonly BufferPlan[];
  /** By storage id. */
  readonly placeOf: ReadonlyMap<number, StoragePlace>;
}

/**
 * Gives storages their places in the buffers they belong to. What must be kept lies side by side; temporaries
 * whose liveness intervals do not interfere share memory: largest first, each at the lowest place that is free
 * for its interval (Pisarchyk and Lee 2020, "greedy by size for offset calculation").
 */
export function assignBuffers(
  storages: readonly Storage[],
  intervals: ReadonlyMap<Storage, LivenessInterval>,
  bufferOf: (storage: Storage) => number,
): BufferAssignment {
  const members = new Map<number, Storage[]>();
  for (const storage of storages) {
    const number = bufferOf(storage);
    members.set(number, [...(members.get(number) ?? []), storage]);
  }
  const buffers: BufferPlan[] = [];
  const placeOf = new Map<number, StoragePlace>();
  for (const list of members.values()) {
    const buffer = buffers.length;
    const offsets = assignOffsets(list, intervals);
    let end = 0;
    for (const storage of list) {
      const offset = defined(offsets.get(storage), 'offset');
      placeOf.set(storage.id, { buffer, offset });
      end = Math.max(end, offset + storage.length);
    }
    buffers.push({
      label: bufferLabel(defined(list[0], 'storage')),
      byteLength: Math.max(1, end) * ELEMENT_BYTES,
      storages: list,
    });
  }
  return { buffers, placeOf };
}

function assignOffsets(
  storages: readonly Storage[],
  intervals: ReadonlyMap<Storage, LivenessInterval>,
): Map<Storage, number> {
  const always: LivenessInterval = { first: 0, last: Infinity };
  const placed: { start: number; end: number; interval: LivenessInterval }[] = [];
  const offsets = new Map<Storage, number>();
  let kept = 0;
  for (const storage of storages) {
    if (storage.role === 'temporary') continue;
    offsets.set(storage, kept);
    kept = aligned(kept + storage.length);
  }
  placed.push({ start: 0, end: kept, interval: always });
  const shared = storages.filter(({ role }) => role === 'temporary');
  for (const storage of shared.sort((a, b) => b.length - a.length || a.id - b.id)) {
    const interval = intervals.get(storage) ?? always;
    let start = 0;
    for (const other of placed) {
      if (other.end <= start || !interfere(other.interval, interval)) continue;
      if (other.start >= start + storage.length) break;
      start = other.end;
    }
    offsets.set(storage, start);
    placed.push({ start, end: aligned(start + storage.length), interval });
    placed.sort((a, b) => a.start - b.start);
  }
  return offsets;
}

function aligned(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}
