import { defined } from '../core/invariant';
import type { Program } from '../ir/types';
import { bufferLabel } from './memory/arenas';
import { arrangeStorages, type TouchedSection } from './memory/arrangeStorages';
import { opName, type DraftSection } from './fusion/draft';
import type { Drafting } from './fusion/drafting';
import { KernelSource, type Layout } from './wgsl/kernelSource';
import type { KernelWriter } from './wgsl/kernelWriter';
import type { Places } from './memory/places';
import {
  ELEMENT_BYTES,
  type HostView,
  type Kernel,
  type Plan,
  type PlanLimits,
  type Ref,
  type Storage,
} from './plan';
import { schedule, threadsOf, writeGroup, type Block, type KernelGroup } from './fusion/schedule';

interface Unfinished {
  readonly program: Program;
  readonly places: Places;
  readonly drafting: Drafting;
  readonly limits: PlanLimits;
  readonly fused: boolean;
  readonly sections: readonly DraftSection[];
  readonly step: Ref;
  readonly data: ReadonlyMap<string, Ref>;
  readonly state: ReadonlyMap<string, Ref>;
  readonly live: ReadonlyMap<string, Ref>;
  readonly outputs: ReadonlyMap<string, HostView>;
  readonly ring: Ref | null;
  readonly ringCapacity: number;
}

/** Groups the drafts into kernels, gives the storages their places in memory, and writes the kernels. */
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
  const sections = joinSections(unfinished.sections).map(({ count, drafts }) => ({
    count,
    groups: schedule(drafts, drafting, limits, unfinished.fused),
  }));
  const internal = internalStorages(
    sections.flatMap(({ groups }) => groups),
    drafting,
  );
  const touched = sections.map(({ count, groups }): TouchedSection => ({
    count,
    kernels: groups.map(({ blocks }) => ({
      reads: storagesOf(blocks, 'reads', internal),
      writes: storagesOf(blocks, 'writes', internal),
    })),
  }));
  const inUse = new Set(
    touched.flatMap(({ kernels }) => kernels.flatMap(({ reads, writes }) => [...reads, ...writes])),
  );
  const { buffers, placeOf } = arrangeStorages(
    touched,
    places.storages.filter((storage) => storage.role !== 'temporary' || inUse.has(storage)),
    (storage) => drafting.arenas.of(storage),
    bufferLabel,
  );
  const layout: Layout = {
    placeOf: ({ id, name }) => defined(placeOf.get(id), `place of ${name}`),
    lengthOf: (buffer) => defined(buffers[buffer], 'buffer').byteLength / ELEMENT_BYTES,
  };
  const writeKernel = (group: KernelGroup): Kernel => {
    const threads = threadsOf(group, drafting.cooperative);
    const source = new KernelSource(layout, threads, limits.maxComputeWorkgroupsPerDimension);
    const writers = writeGroup(group, () => drafting.writer(source, internal));
    return toKernel(group.blocks, writers, source);
  };
  return {
    sections: sections.map(({ count, groups }) => ({ count, kernels: groups.map(writeKernel) })),
    buffers,
    placeOf,
    step,
    data,
    live,
    state: new Map(
      program.state.map(({ name, shape, dtype }) => [
        name,
        { ref: defined(state.get(name), `state ${name}`), shape, dtype },
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

/** Temporaries that one block makes and no other reads, nor itself from memory: its threads keep them in registers. */
function internalStorages(groups: readonly KernelGroup[], drafting: Drafting): Set<Storage> {
  const users = new Map<Storage, number>();
  const candidates = new Set<Storage>();
  for (const group of groups) {
    const source = drafting.sketch();
    for (const { reads, writes, loaded } of writeGroup(group, () => drafting.writer(source))) {
      for (const storage of new Set([...reads.storages, ...writes.storages])) {
        users.set(storage, (users.get(storage) ?? 0) + 1);
        const isPassedOn = writes.touches(storage) && reads.touches(storage);
        if (isPassedOn && !loaded.has(storage) && storage.role === 'temporary') {
          candidates.add(storage);
        }
      }
    }
  }
  return new Set([...candidates].filter((storage) => users.get(storage) === 1));
}

function storagesOf(
  blocks: readonly Block[],
  access: 'reads' | 'writes',
  internal: ReadonlySet<Storage>,
): Set<Storage> {
  const touched = blocks.flatMap((block) => [...block[access].storages]);
  return new Set(touched.filter((storage) => !internal.has(storage)));
}

function toKernel(
  blocks: readonly Block[],
  writers: readonly KernelWriter[],
  source: KernelSource,
): Kernel {
  const drafts = blocks.flatMap(({ stages }) => stages.map(({ draft }) => draft));
  const results = drafts.flatMap(({ value }) => value ?? []);
  const covered = writers.flatMap((writer) => [...writer.covered]);
  const values = [...new Set([...covered, ...results])].sort((a, b) => a.id - b.id);
  const nodes = new Set(values.flatMap(({ origin }) => origin ?? []));
  const kinds = new Set(drafts.map(({ kind }) => kind));
  return {
    name: drafts.map(({ label }) => label).join(', '),
    kind: (['matmul', 'accumulate', 'map', 'counter'] as const).find((kind) => kinds.has(kind)) ?? 'map', // prettier-ignore
    nodes: [...nodes],
    ops: values.map(opName),
    ...source.finish(),
  };
}
