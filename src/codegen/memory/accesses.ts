import type { Ref, Storage } from '../plan';

/** Consecutive elements of a storage, and which of them a thread touches. */
interface Access {
  readonly start: number;
  readonly end: number;
  /**
   * Two accesses of the same text are made, for any one element, by the same thread; null says that any thread
   * may touch any element.
   */
  readonly owner: string | null;
}

/** `within threads`: only through elements that the same thread touches on both sides. */
export type Dependence = 'none' | 'within threads' | 'across threads';

/** What of memory code touches: ranges of storages, with the threads that do. */
export class Accesses {
  private readonly ranges = new Map<Storage, Access[]>();

  add({ storage, offset, length }: Ref, owner: string | null): void {
    this.insert(storage, { start: offset, end: offset + length, owner });
  }

  addAll(other: Accesses): void {
    for (const [storage, list] of other.ranges)
      list.forEach((access) => this.insert(storage, access));
  }

  get storages(): Iterable<Storage> {
    return this.ranges.keys();
  }

  touches(storage: Storage): boolean {
    return this.ranges.has(storage);
  }

  /** Whether a storage is touched only by the given threads. */
  isOnlyBy(storage: Storage, owner: string): boolean {
    return (this.ranges.get(storage) ?? []).every((access) => access.owner === owner);
  }

  /** How later accesses depend on these, if one side of them writes. */
  dependence(later: Accesses): Dependence {
    let result: Dependence = 'none';
    for (const [storage, list] of later.ranges) {
      for (const mine of this.ranges.get(storage) ?? []) {
        for (const theirs of list) {
          if (mine.end <= theirs.start || theirs.end <= mine.start) continue;
          if (mine.owner === null || mine.owner !== theirs.owner) return 'across threads';
          result = 'within threads';
        }
      }
    }
    return result;
  }

  private insert(storage: Storage, access: Access): void {
    const list = this.ranges.get(storage);
    if (!list) {
      this.ranges.set(storage, [access]);
      return;
    }
    const { start, end, owner } = access;
    const known = list.some((x) => x.start <= start && x.end >= end && x.owner === owner);
    if (!known) list.push(access);
  }
}
