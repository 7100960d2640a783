import type { Draft } from './draft';
import type { Drafting } from './drafting';
import { ANY_SCALAR, type KernelWriter, type Touched } from './kernelWriter';
import type { PlanLimits, Storage } from './plan';

/** Kernels that one may hold, so that its source stays of a size that compiles quickly. */
const MOST_MEMBERS = 24;

/** One kernel of the plan: several elementwise drafts, or a single one of any kind. */
export interface KernelGroup {
  readonly members: Draft[];
  reads: Map<string, boolean>;
  writes: Map<string, boolean>;
  /** What it binds: a companion's result stays bound even where it is passed on in a register. */
  readonly bound: Set<Storage>;
  /** Its code, while it has a single member; a joined group has to be written anew. */
  written: KernelWriter | null;
}

/**
 * Joins elementwise kernels over equally many elements into kernels with several results. A draft moves up to
 * an earlier one when nothing in between has to do with what it touches; what it shares with its new
 * companions is each thread's own element, which the thread handles in the old order.
 */
export function joinMaps(
  drafts: readonly Draft[],
  drafting: Drafting,
  limits: PlanLimits,
): KernelGroup[] {
  const groups: KernelGroup[] = [];
  for (const draft of drafts) {
    const written = drafting.writer();
    draft.write(written);
    const { reads, writes } = written;
    const own: KernelGroup = {
      members: [draft],
      reads: new Map(reads),
      writes: new Map(writes),
      bound: new Set(written.uses.keys()),
      written,
    };
    const home = draft.elementwise && findHome(groups, own, limits);
    if (home) {
      home.members.push(draft);
      merge(home.reads, reads);
      merge(home.writes, writes);
      for (const storage of own.bound) home.bound.add(storage);
      home.written = null;
    } else {
      groups.push(own);
    }
  }
  return groups;
}

/** Writes the code of a group. */
export function writeGroup(group: readonly Draft[], writer: KernelWriter): void {
  const [first] = group;
  if (!first) return;
  if (group.length === 1 || !first.elementwise) return first.write(writer);
  writer.gridOfElements(first.elementwise.count);
  for (const { elementwise } of group) elementwise?.body(writer);
}

/** The latest group that the draft may join; null when it must stay where it is. */
function findHome(
  groups: readonly KernelGroup[],
  draft: KernelGroup,
  limits: PlanLimits,
): KernelGroup | null {
  const count = draft.members[0]?.elementwise?.count;
  for (let place = groups.length - 1; place >= 0; place--) {
    const group = groups[place];
    if (!group) return null;
    const shared = conflict(group, draft);
    if (group.members[0]?.elementwise?.count === count && shared !== 'others') {
      if (fits(group, draft, limits)) return group;
    }
    if (shared !== 'none') return null;
  }
  return null;
}

function fits(group: KernelGroup, draft: KernelGroup, limits: PlanLimits): boolean {
  if (group.members.length >= MOST_MEMBERS) return false;
  let bindings = group.bound.size;
  for (const storage of draft.bound) if (!group.bound.has(storage)) bindings++;
  return bindings <= limits.maxStorageBuffersPerShaderStage;
}

/**
 * What stands between two kernels: `none` when their order does not matter, `own` when it matters only within
 * each thread, `others` when a thread needs what another one does.
 */
function conflict(earlier: KernelGroup, later: KernelGroup): 'none' | 'own' | 'others' {
  for (const { reads, writes } of [earlier, later]) {
    if (reads.has(ANY_SCALAR) || writes.has(ANY_SCALAR)) return 'others';
  }
  // One thread does all, in order.
  const single = earlier.members[0]?.elementwise?.count === 1;
  const pairs: readonly (readonly [Touched, Touched])[] = [
    [earlier.writes, later.reads],
    [earlier.reads, later.writes],
    [earlier.writes, later.writes],
  ];
  let result: 'none' | 'own' = 'none';
  for (const [before, after] of pairs) {
    for (const [key, own] of after) {
      const mine = before.get(key);
      if (mine === undefined) continue;
      if (!single && !(mine && own)) return 'others';
      result = 'own';
    }
  }
  return result;
}

function merge(into: Map<string, boolean>, from: Touched): void {
  for (const [key, own] of from) into.set(key, own && (into.get(key) ?? true));
}
