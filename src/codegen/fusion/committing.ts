import { defined } from '../../core/invariant';
import { elementCount, type CarriedValue, type Program, type Value } from '../../ir/types';
import { readsOwnOnly, type Draft, type DraftSection } from './draft';
import type { Drafting } from './drafting';
import type { Places } from '../memory/places';
import { whole, type HostView, type Ref, type Storage } from '../plan';

interface PlacedCarry extends CarriedValue {
  readonly storage: Storage;
}

interface StepEnd {
  readonly metricRefs: ReadonlyMap<string, Ref>;
  readonly step: Ref;
  readonly ringCapacity: number;
}

/**
 * Puts results where they must be at the end of an iteration or a step: carried values, state, outputs and
 * metrics. Where it is safe a kernel writes its result there directly, over the old value; else it is copied.
 */
export class Committing {
  /** Values that must stay where they are. */
  private readonly fixed = new Set<Value>();

  constructor(
    private readonly program: Program,
    private readonly places: Places,
    private readonly drafting: Drafting,
  ) {}

  /** Moves `next` to the carried storage, at the end of a loop's body. */
  carry(carried: readonly PlacedCarry[], body: DraftSection): void {
    const targets = new Map(carried.map((item) => [item.storage, item.next]));
    this.commit(targets, body.drafts, body.drafts);
  }

  /** Outputs keep their values until the next step: what is not a kernel's result or data is copied. */
  outputs(sections: DraftSection[]): Map<string, HostView> {
    const copies: Draft[] = [];
    const views = new Map<string, HostView>();
    for (const [name, value] of this.program.outputs) {
      let ref = defined(this.places.refOf(value), `place of output ${name}`);
      const { role } = ref.storage;
      const base = this.places.base(value);
      if (role === 'state' || (role === 'scalars' && base.kind === 'input')) {
        const length = elementCount(value.shape);
        const storage = this.places.create('output', name, value.dtype, length);
        ref = whole(storage);
        copies.push(this.drafting.copy(value, ref, `output ${name}`));
      } else {
        this.fixed.add(base);
        this.places.keep(ref.storage);
      }
      views.set(name, { ref, shape: value.shape, dtype: value.dtype });
    }
    sections.push({ count: 1, drafts: copies });
    return views;
  }

  metrics(refs: ReadonlyMap<string, Ref>, sections: DraftSection[]): void {
    const copies: Draft[] = [];
    for (const [name, value] of this.program.metrics) {
      const target = defined(refs.get(name), 'metric');
      const base = this.places.base(value);
      const ref = defined(this.places.refOf(value), `place of metric ${name}`);
      const computed = sections.some(
        ({ count, drafts }) => count === 1 && drafts.some((draft) => draft.value === base),
      );
      if (computed && ref.storage === target.storage && !this.fixed.has(base)) {
        this.places.put(base, target);
        this.fixed.add(base);
      } else {
        copies.push(this.drafting.copy(value, target, `metric ${name}`));
      }
    }
    sections.push({ count: 1, drafts: copies });
  }

  updates(state: ReadonlyMap<string, Ref>, sections: DraftSection[]): void {
    const end: DraftSection = { count: 1, drafts: [] };
    sections.push(end);
    const targets = new Map<Storage, Value>();
    for (const [name, value] of this.program.updates) {
      targets.set(defined(state.get(name), `state ${name}`).storage, value);
    }
    const once = sections.filter(({ count }) => count === 1).flatMap(({ drafts }) => drafts);
    const all = sections.flatMap(({ drafts }) => drafts);
    this.commit(targets, end.drafts, once, all);
  }

  /** Lets kernels write initial carried values directly, where nothing else reads them. */
  initials(sections: readonly DraftSection[]): void {
    const all = sections.flatMap(({ drafts }) => drafts);
    for (const phase of this.program.phases) {
      if (phase.kind !== 'repeat') continue;
      for (const { initial, parameter } of phase.carried) {
        const carried = defined(this.places.refOf(parameter), 'carried place').storage;
        const base = this.places.base(initial);
        const from = this.places.refOf(base)?.storage;
        if (!from || from.role !== 'temporary' || from.length !== carried.length) continue;
        if (this.fixed.has(base)) continue;
        const owner = soleWriter(all, from);
        const readers = all.filter((draft) => readsOf(draft, from));
        const [copy] = readers;
        if (!owner || owner.value !== base || readers.length !== 1 || !copy) continue;
        const home = sections.find(({ drafts }) => drafts.includes(copy));
        const made = sections.find(({ drafts }) => drafts.includes(owner));
        if (copy.value !== null || !writesOf(copy, carried) || made?.count !== 1) continue;
        this.places.put(base, whole(carried));
        this.fixed.add(base);
        home?.drafts.splice(home.drafts.indexOf(copy), 1);
      }
    }
  }

  /** The last kernel of a step: appends the metrics to the ring and counts the step. */
  finishStep({ metricRefs, step, ringCapacity }: StepEnd, sections: DraftSection[]): Ref | null {
    const columns = metricRefs.size;
    const ring =
      columns === 0
        ? null
        : whole(this.places.create('ring', 'metrics', 'f32', ringCapacity * columns));
    const draft = this.drafting.draft('counter', null, 'step', {
      form: 'map',
      count: 1,
      body: (w, at) => {
        const number = w.load(step, at);
        if (ring) {
          const row = w.let(`(bitcast<u32>(${number}) % ${ringCapacity}u) * ${columns}u`);
          [...metricRefs.values()].forEach((ref, column) =>
            w.store(ring, column === 0 ? row : `${row} + ${column}u`, w.load(ref, '0u')),
          );
        }
        w.store(step, at, `${number} + 1`);
      },
    });
    sections.push({ count: 1, drafts: [draft] });
    return ring;
  }

  /**
   * Brings values to their targets. `writers` are the drafts whose results may go there directly, `readers`
   * (in order) all that may read the targets' old contents; copies are added to `end`.
   */
  private commit(
    targets: ReadonlyMap<Storage, Value>,
    end: Draft[],
    writers: readonly Draft[],
    readers: readonly Draft[] = writers,
  ): void {
    const stages: Draft[] = [];
    const copies: Draft[] = [];
    const direct: [Storage, Value, Draft][] = [];
    const taken = new Set<Value>();
    for (const [target, value] of targets) {
      const ref = defined(this.places.refOf(value), 'place of an update');
      if (ref.storage === target && ref.offset === 0) continue;
      const base = this.places.base(value);
      const from = this.places.refOf(base)?.storage;
      const owner = writers.find((draft) => draft.value === base && from && writesOf(draft, from));
      const isWhole = elementCount(base.shape) === target.length;
      if (owner && isWhole && !taken.has(base) && !this.fixed.has(base)) {
        const alone = from?.role === 'scalars' || soleWriter(readers, from) === owner;
        if (alone) {
          taken.add(base);
          direct.push([target, value, owner]);
          continue;
        }
      }
      if (targets.has(ref.storage)) {
        // Its source is overwritten too: take it aside first.
        const length = elementCount(value.shape);
        const aside = this.places.create('temporary', `old ${target.name}`, value.dtype, length);
        const place = whole(aside);
        stages.push(this.drafting.copy(value, place, `old ${target.name}`));
        copies.push(
          this.drafting.elementwise(null, `new ${target.name}`, length, (w, at) =>
            w.store(whole(target), at, w.load(place, at)),
          ),
        );
      } else {
        copies.push(this.drafting.copy(value, whole(target), `new ${target.name}`));
      }
    }
    const order = [...readers, ...stages];
    for (const [target, value, owner] of direct) {
      const later = order.slice(order.indexOf(owner) + 1);
      if (readsOwnOnly(owner, target) && !later.some((draft) => readsOf(draft, target))) {
        const base = this.places.base(value);
        this.places.put(base, whole(target));
        this.fixed.add(base);
      } else {
        copies.push(this.drafting.copy(value, whole(target), `new ${target.name}`));
      }
    }
    end.push(...stages, ...copies);
  }
}

/** The only draft that writes a storage; null when there are several or none. */
function soleWriter(drafts: readonly Draft[], storage: Storage | undefined): Draft | null {
  const writers = storage ? drafts.filter((draft) => writesOf(draft, storage)) : [];
  return writers.length === 1 ? (writers[0] ?? null) : null;
}

function readsOf({ uses }: Draft, storage: Storage): boolean {
  return uses.reads.touches(storage);
}

function writesOf({ uses }: Draft, storage: Storage): boolean {
  return uses.writes.touches(storage);
}
