import { defined } from '../core/invariant';
import { RING_CAPACITY } from '../ir/metricsRing';
import type { AnyValue, Program, RepeatPhase, Value } from '../ir/types';
import { elementCount } from '../ir/types';
import { chooseRoots } from './fusion/chooseRoots';
import { Committing } from './fusion/committing';
import type { DraftSection } from './fusion/draft';
import { Drafting } from './fusion/drafting';
import { finishPlan } from './finishPlan';
import { TILE_TIMES, type TileTime } from './wgsl/kernels/tileTimes';
import { Places } from './memory/places';
import { DEFAULT_LIMITS, whole, type Plan, type PlanLimits, type Ref } from './plan';
import { indexProgram } from './fusion/programIndex';

export interface PlanOptions {
  readonly limits?: PlanLimits;
  /** Rows of the metrics ring; `RING_CAPACITY` when not given. */
  readonly ringCapacity?: number;
  /**
   * Whether threads of a workgroup share memory and wait for each other: yes on a GPU. Software adapters run
   * them one after the other, so barriers cost more than they save; there each thread works alone.
   */
  readonly cooperative?: boolean;
  /**
   * Where threads work alone: whether four neighbours, from a multiple of four on, can hand each other numbers by
   * subgroup operations. They then share the rows of a product, which saves most of its loads.
   */
  readonly quads?: boolean;
  /** The tiles of products to choose from there, with their times. */
  readonly tileTimes?: readonly TileTime[];
  /** False gives every op a kernel of its own: slow, and obviously right. For tests. */
  readonly fused?: boolean;
}

/**
 * Turns a program into kernels and the buffers they run on. Pure: the same program and limits always give the
 * same plan. Whether it fits the adapter is for `checkPlanLimits` to say.
 */
export function planProgram(program: Program, options: PlanOptions = {}): Plan {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const ringCapacity = options.ringCapacity ?? RING_CAPACITY;
  const places = new Places();
  const index = indexProgram(program);
  const fused = options.fused ?? true;
  const roots = chooseRoots(program, index, fused);

  // The metrics come first among the single numbers, so that a row of the ring is one range.
  const metricRefs = new Map<string, Ref>();
  for (const name of program.metrics.keys()) metricRefs.set(name, places.scalar('f32'));
  const live = new Map(program.live.map(({ name }) => [name, places.scalar('f32')]));
  const step = places.scalar('i32');
  const data = new Map<string, Ref>();
  for (const { name, dtype, shape } of program.data) {
    const storage = places.create('data', name, dtype, elementCount(shape));
    data.set(name, whole(storage));
  }
  const state = placeState(program, places);

  const drafting = new Drafting(places, index, limits, options.cooperative ?? true, {
    lanes: options.quads ? 4 : 1,
    times: options.tileTimes ?? TILE_TIMES,
  });
  const committing = new Committing(program, places, drafting);
  const sections: DraftSection[] = [];

  const placeSource = (value: Value): void => {
    const any = value as AnyValue;
    if (any.kind === 'literal') {
      const { values } = any.attributes;
      const name = `%${value.id}`;
      const storage = places.create('literal', name, value.dtype, values.length, { values });
      places.put(value, whole(storage));
    }
    if (any.kind !== 'input') return;
    const { role, name } = any.attributes;
    switch (role) {
      case 'step':
        return places.put(value, step);
      case 'live':
        return places.put(value, defined(live.get(name), `live scalar ${name}`));
      case 'data':
        return places.put(value, defined(data.get(name), `data ${name}`));
      case 'state':
        return places.put(value, defined(state.get(name), `state ${name}`));
    }
  };

  const draftValues = (values: readonly Value[], section: DraftSection): void => {
    for (const value of values) {
      placeSource(value);
      // Splitting an earlier expression may have given it a place already.
      if (roots.has(value) && !places.refOf(value)) section.drafts.push(...drafting.root(value));
    }
  };

  const draftRepeat = (phase: RepeatPhase): void => {
    const before: DraftSection = { count: 1, drafts: [] };
    const body: DraftSection = { count: phase.count, drafts: [] };
    sections.push(before, body);
    const counter = places.scalar('i32');
    places.put(phase.iteration, counter);
    const carried = phase.carried.map((item) => {
      const name = `%${item.parameter.id}`;
      const { dtype, shape } = item.parameter;
      const storage = places.create('temporary', name, dtype, elementCount(shape));
      places.put(item.parameter, whole(storage));
      before.drafts.push(drafting.copy(item.initial, whole(storage), `initial ${name}`));
      return { ...item, storage };
    });
    draftValues(phase.values, body);
    committing.carry(carried, body);
    carried.forEach(({ result, storage }) => places.put(result, whole(storage)));
    if (!index.consumers.has(phase.iteration)) return;
    body.drafts.push(
      drafting.draft('counter', null, 'iteration', {
        form: 'map',
        count: 1,
        body: (w, at) => {
          const next = w.let(`${w.load(counter, at)} + 1`);
          w.store(counter, at, `select(${next}, 0, ${next} == ${phase.count})`);
        },
      }),
    );
  };

  for (const phase of program.phases) {
    if (phase.kind === 'repeat') {
      draftRepeat(phase);
    } else {
      const section: DraftSection = { count: 1, drafts: [] };
      sections.push(section);
      draftValues(phase.values, section);
    }
  }

  const outputs = committing.outputs(sections);
  committing.metrics(metricRefs, sections);
  committing.updates(state, sections);
  committing.initials(sections);
  const ring = committing.finishStep({ metricRefs, step, ringCapacity }, sections);

  return finishPlan({
    program,
    places,
    drafting,
    limits,
    fused,
    sections,
    step,
    data,
    state,
    live,
    outputs,
    ring,
    ringCapacity,
  });
}

/** A storage for each state array, and one for all arrays of a pack, one behind the other. */
function placeState({ state, packs }: Program, places: Places): Map<string, Ref> {
  const specs = new Map(state.map((spec) => [spec.name, spec]));
  const refs = new Map<string, Ref>();
  const size = (name: string): number => elementCount(defined(specs.get(name), name).shape);
  for (const { name, members } of packs ?? []) {
    const total = members.reduce((sum, member) => sum + size(member), 0);
    const storage = places.create('state', name, 'f32', total);
    refs.set(name, whole(storage));
    let offset = 0;
    for (const member of members) {
      refs.set(member, { storage, offset, length: size(member) });
      offset += size(member);
    }
  }
  for (const { name, dtype, shape } of state) {
    if (refs.has(name)) continue;
    refs.set(name, whole(places.create('state', name, dtype, elementCount(shape))));
  }
  return refs;
}
