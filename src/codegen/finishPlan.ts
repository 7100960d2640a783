import { defined } from '../core/invariant';
import type { Program } from '../ir/types';
import { opName, type Draft, type DraftSection } from './draft';
import type { Drafting } from './drafting';
import { assignBuffers } from './assignBuffers';
import type { WrittenKernel } from './kernelWriter';
import type { Places } from './places';
import type { HostView, Kernel, Plan, Ref, Section, Storage } from './plan';

interface Unfinished {
  readonly program: Program;
  readonly places: Places;
  readonly drafting: Drafting;
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
  const { program, places, drafting, step, data, state, live, outputs, ring, ringCapacity } =
    unfinished;
  const sections = joinSections(unfinished.sections).map(({ count, drafts }): Section => ({
    count,
    kernels: drafts.map((draft) => {
      const writer = drafting.writer();
      draft.write(writer);
      return toKernel(draft, writer.finish(), [...writer.covered]);
    }),
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

function toKernel(draft: Draft, written: WrittenKernel, covered: Draft['value'][]): Kernel {
  const values = [...new Set(draft.value ? [...covered, draft.value] : covered)].filter(
    (value) => value !== null,
  );
  values.sort((a, b) => a.id - b.id);
  const nodes = new Set(values.flatMap(({ origin }) => (origin === null ? [] : [origin])));
  return {
    name: draft.label,
    kind: draft.kind,
    nodes: [...nodes],
    ops: values.map(opName),
    wgsl: written.wgsl,
    bindings: written.bindings,
    workgroups: written.workgroups,
  };
}

function isTouched(sections: readonly Section[], storage: Storage): boolean {
  return sections.some(({ kernels }) =>
    kernels.some(({ bindings }) => bindings.some((binding) => binding.storage === storage)),
  );
}
