import { defined } from '../../core/invariant';
import { elementCount, type CarriedValue, type Program, type Value } from '../../ir/types';
import {
  readsOwnOnly,
  readsStorage,
  writesStorage,
  type LoweredKernel,
  type LoweredSection,
} from './loweredKernel';
import type { LoweringContext } from './loweringContext';
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
 * Writes results back to where they must be at the end of an iteration or a step: carried values, state, outputs and
 * metrics. Where it is safe a kernel writes its result there directly, over the old value; else it is copied.
 */
export class WriteBack {
  /** Values that must stay where they are. */
  private readonly fixed = new Set<Value>();

  private readonly places: Places;

  constructor(
    private readonly program: Program,
    private readonly lowering: LoweringContext,
  ) {
    this.places = lowering.places;
  }

  /** Moves `next` to the carried storage, at the end of a loop's body. */
  carried(carried: readonly PlacedCarry[], body: LoweredSection): void {
    const targets = new Map(carried.map((item) => [item.storage, item.next]));
    this.write(targets, body.kernels, body.kernels);
  }

  /** Outputs keep their values until the next step: what is not a kernel's result or data is copied. */
  outputs(sections: LoweredSection[]): Map<string, HostView> {
    const copies: LoweredKernel[] = [];
    const views = new Map<string, HostView>();
    for (const [name, value] of this.program.outputs) {
      let ref = defined(this.places.refOf(value), `place of output ${name}`);
      const { role } = ref.storage;
      const base = this.places.base(value);
      if (role === 'state' || (role === 'scalars' && base.kind === 'input')) {
        const length = elementCount(value.shape);
        const storage = this.places.create('output', name, value.dtype, length);
        ref = whole(storage);
        copies.push(this.lowering.copy(value, ref, `output ${name}`));
      } else {
        this.fixed.add(base);
        this.places.keep(ref.storage);
      }
      views.set(name, { ref, shape: value.shape, dtype: value.dtype });
    }
    sections.push({ count: 1, kernels: copies });
    return views;
  }

  metrics(refs: ReadonlyMap<string, Ref>, sections: LoweredSection[]): void {
    const copies: LoweredKernel[] = [];
    for (const [name, value] of this.program.metrics) {
      const target = defined(refs.get(name), 'metric');
      const base = this.places.base(value);
      const ref = defined(this.places.refOf(value), `place of metric ${name}`);
      const computed = sections.some(
        ({ count, kernels }) => count === 1 && kernels.some((kernel) => kernel.value === base),
      );
      if (computed && ref.storage === target.storage && !this.fixed.has(base)) {
        this.places.put(base, target);
        this.fixed.add(base);
      } else {
        copies.push(this.lowering.copy(value, target, `metric ${name}`));
      }
    }
    sections.push({ count: 1, kernels: copies });
  }

  updates(state: ReadonlyMap<string, Ref>, sections: LoweredSection[]): void {
    const end: LoweredSection = { count: 1, kernels: [] };
    sections.push(end);
    const targets = new Map<Storage, Value>();
    for (const [name, value] of this.program.updates) {
      targets.set(defined(state.get(name), `state ${name}`).storage, value);
    }
    const once = sections.filter(({ count }) => count === 1).flatMap(({ kernels }) => kernels);
    const all = sections.flatMap(({ kernels }) => kernels);
    this.write(targets, end.kernels, once, all);
  }

  /** Lets kernels write initial carried values directly, where nothing else reads them. */
  initials(sections: readonly LoweredSection[]): void {
    const all = sections.flatMap(({ kernels }) => kernels);
    for (const phase of this.program.phases) {
      if (phase.kind !== 'repeat') continue;
      for (const { initial, parameter } of phase.carried) {
        const carried = defined(this.places.refOf(parameter), 'carried place').storage;
        const base = this.places.base(initial);
        const from = this.places.refOf(base)?.storage;
        if (!from || from.role !== 'temporary' || from.length !== carried.length) continue;
        if (this.fixed.has(base)) continue;
        const owner = soleWriter(all, from);
        const readers = all.filter((kernel) => readsStorage(kernel, from));
        const [copy] = readers;
        if (!owner || owner.value !== base || readers.length !== 1 || !copy) continue;
        const home = sections.find(({ kernels }) => kernels.includes(copy));
        const made = sections.find(({ kernels }) => kernels.includes(owner));
        if (copy.value !== null || !writesStorage(copy, carried) || made?.count !== 1) continue;
        this.places.put(base, whole(carried));
        this.fixed.add(base);
        home?.kernels.splice(home.kernels.indexOf(copy), 1);
      }
    }
  }

  /** The last kernel of a step: appends the metrics to the ring and counts the step. */
  finishStep({ metricRefs, step, ringCapacity }: StepEnd, sections: LoweredSection[]): Ref | null {
    const columns = metricRefs.size;
    const ring =
      columns === 0
        ? null
        : whole(this.places.create('ring', 'metrics', 'f32', ringCapacity * columns));
    const kernel = this.lowering.kernel('counter', null, 'step', {
      kind: 'elementwise',
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
    sections.push({ count: 1, kernels: [kernel] });
    return ring;
  }

  /**
   * Brings values to their targets. `writers` are the kernels whose results may go there directly, `readers`
   * (in order) all that may read the targets' old contents; copies are added to `end`.
   */
  private write(
    targets: ReadonlyMap<Storage, Value>,
    end: LoweredKernel[],
    writers: readonly LoweredKernel[],
    readers: readonly LoweredKernel[] = writers,
  ): void {
    const saves: LoweredKernel[] = [];
    const copies: LoweredKernel[] = [];
    const direct: [Storage, Value, LoweredKernel][] = [];
    const taken = new Set<Value>();
    for (const [target, value] of targets) {
      const ref = defined(this.places.refOf(value), 'place of an update');
      if (ref.storage === target && ref.offset === 0) continue;
      const base = this.places.base(value);
      const from = this.places.refOf(base)?.storage;
      const owner = writers.find(
        (kernel) => kernel.value === base && from && writesStorage(kernel, from),
      );
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
        saves.push(this.lowering.copy(value, place, `old ${target.name}`));
        copies.push(
          this.lowering.elementwise(null, `new ${target.name}`, length, (w, at) =>
            w.store(whole(target), at, w.load(place, at)),
          ),
        );
      } else {
        copies.push(this.lowering.copy(value, whole(target), `new ${target.name}`));
      }
    }
    const order = [...readers, ...saves];
    for (const [target, value, owner] of direct) {
      const later = order.slice(order.indexOf(owner) + 1);
      if (readsOwnOnly(owner, target) && !later.some((kernel) => readsStorage(kernel, target))) {
        const base = this.places.base(value);
        this.places.put(base, whole(target));
        this.fixed.add(base);
      } else {
        copies.push(this.lowering.copy(value, whole(target), `new ${target.name}`));
      }
    }
    end.push(...saves, ...copies);
  }
}

/** The only kernel that writes a storage; null when there are several or none. */
function soleWriter(
  kernels: readonly LoweredKernel[],
  storage: Storage | undefined,
): LoweredKernel | null {
  const writers = storage ? kernels.filter((kernel) => writesStorage(kernel, storage)) : [];
  return writers.length === 1 ? (writers[0] ?? null) : null;
}
