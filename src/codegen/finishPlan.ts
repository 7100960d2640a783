import { defined } from '../core/invariant';
import type { Program } from '../ir/types';
import { opName, type Draft, type DraftSection } from './draft';
import type { Drafting } from './drafting';
import { assignBuffers } from './assignBuffers';
import { joinMaps, writeGroup, type KernelGroup } from './joinMaps';
import type { KernelWriter } from './kernelWriter';
import type { Places } from './places';
import type { HostView, Kernel, Plan, PlanLimits, Ref, Section, Storage } from './plan';

interface Unfinished {
  readonly program: Program;
  readonly places: Places;
  readonly drafting: Drafting;
  readonly limits: PlanLimits;
  readonly sections: readonly DraftSection[];
  readonly step: Ref;
  readonly data: ReadonlyMap<string, Ref>;
  readonly state: ReadonlyMap<string, Storage>;
  readonly live: ReadonlyMap<string, Ref>;
  readonly outputs: ReadonlyMap<string, HostView>;
  readonly ring: Ref | null;
  readonly ringCapacity: number;
}

/** Writes the kernels, now that every value has its final place, and gives the storages their buffers. */
export function finishPlan(unfinished: Unfinished): Plan {
  const {
    program,
    places,
    drafting,
    limits,
    step,
    data,
    state,
    live,
    outputs,
    ring,
    ringCapacity,
  } = unfinished;
  const groups = joinSections(unfinished.sections).map(({ count, drafts }) => ({
    count,
    groups: joinMaps(drafts, drafting, limits),
  }));
  const internal = internalStorages(
    groups.flatMap((section) => section.groups),
    drafting,
  );
  const sections = groups.map((section): Section => ({
    count: section.count,
    kernels: section.groups.map((group) =>
      toKernel(group.members, group.written ?? written(group, drafting.writer(internal))),
    ),
  }));
  const used = places.storages.filter(
    (storage) => storage.role !== 'temporary' || isTouched(sections, storage),
  );
  return {
    sections,
    ...assignBuffers(sections, used),
    step,
    data,
    live,
    state: new Map(
      program.state.map(({ name, shape, dtype }) => [
        name,
        { ref: { storage: defined(state.get(name), 'state'), offset: 0 }, shape, dtype },
      ]),
    ),
    outputs,
    metricNames: [...program.metrics.keys()],
    ring,
    ringCapacity,
  };
}

/** Neighbouring sections that run once are one; empty ones are dropped. */
function joinSections(sections: readonly DraftSection[]): DraftSection[] {
  const joined: DraftSection[] = [];
  for (const { count, drafts } of sections) {
    const last = joined.at(-1);
    if (drafts.length === 0) continue;
    if (last && last.count === 1 && count === 1) last.drafts.push(...drafts);
    else joined.push({ count, drafts: [...drafts] });
  }
  return joined;
}

/** Temporaries that one kernel makes and no other reads: its threads keep them in registers. */
function internalStorages(groups: readonly KernelGroup[], drafting: Drafting): Set<Storage> {
  const users = new Map<Storage, number>();
  const candidates = new Set<Storage>();
  for (const group of groups) {
    const { uses } = group.written ?? written(group, drafting.writer());
    for (const [storage, use] of uses) {
      users.set(storage, (users.get(storage) ?? 0) + 1);
      // Not read: all of its readers found the element in a register.
      const isPassedOn = group.members.length > 1 && use.written && !use.read;
      if (isPassedOn && storage.role === 'temporary') {
        candidates.add(storage);
      }
    }
  }
  return new Set([...candidates].filter((storage) => users.get(storage) === 1));
}

function written({ members }: KernelGroup, writer: KernelWriter): KernelWriter {
  writeGroup(members, writer);
  return writer;
}

function toKernel(members: readonly Draft[], writer: KernelWriter): Kernel {
  const { wgsl, bindings, workgroups } = writer.finish();
  const results = members.flatMap(({ value }) => value ?? []);
  const values = [...new Set([...writer.covered, ...results])].sort((a, b) => a.id - b.id);
  const nodes = new Set(values.flatMap(({ origin }) => origin ?? []));
  const [first] = members;
  return {
    name: members.map(({ label }) => label).join(', '),
    kind: first?.kind ?? 'map',
    nodes: [...nodes],
    ops: values.map(opName),
    wgsl,
    bindings,
    workgroups,
  };
}

function isTouched(sections: readonly Section[], storage: Storage): boolean {
  return sections.some(({ kernels }) =>
    kernels.some(({ bindings }) => bindings.some((binding) => binding.storage === storage)),
  );
}
