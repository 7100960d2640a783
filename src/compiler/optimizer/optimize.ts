import { defined } from '../../core/invariant';
import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import { elementCount, type StatePack, type StateSpec, type Value } from '../../ir/types';
import { scheduledRate, type Schedule } from './schedule';
import { Segments, type Pace } from './segments';
import { clockSlot, CORRECTIONS, updateTrained, type Slots } from './updateRules';

/**
 * Name of the guard: an f32 scalar of the state that is 1 while all is well, and 0 from the first step on whose
 * loss or gradient norm was not finite. While it is 0, no state changes.
 */
export const GUARD_STATE = 'alive';

/** Names of the optimizer's own arrays begin with it: no node's do. */
const OWN_PREFIX = 'optimizer/';

/** Whether an array of the state is of use to training alone: an evaluation has none of them. */
export function isOptimizerState(name: string): boolean {
  return name === GUARD_STATE || name.startsWith(OWN_PREFIX);
}

/** Whether it is an array that the optimizer carries from step to step, as momentum. */
export function isOptimizerSlot(name: string): boolean {
  return name.startsWith(OWN_PREFIX);
}

/** The optimizer's array of some kind for another array. */
export function slotName(kind: string, array: string): string {
  return `${OWN_PREFIX}${kind}/${array}`;
}

/** The array that a slot is for; null for what is no slot of an array. */
export function slottedArray(name: string): string | null {
  const [, , array] = /^optimizer\/([^/]*)\/(.*)$/.exec(name) ?? [];
  return array ?? null;
}

/** A number of the optimizer's own. */
export function optimizerScalar(name: string): string {
  return `${OWN_PREFIX}${name}`;
}

/** Modules that have bias corrections of their own, by the names of a state: a program that takes it over has them too. */
export function ownClocks(state: ReadonlyMap<string, unknown>): Set<string> {
  const prefix = optimizerScalar(clockSlot(CORRECTIONS[0], ''));
  return new Set(
    [...state.keys()].flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : [])),
  );
}

/** Names of packs begin with it: no state array's does. */
const PACK_PREFIX = 'all ';
const WEIGHTS_PACK = `${PACK_PREFIX}weights`;

/** Added to the norm before dividing by it, as `torch.nn.utils.clip_grad_norm_` does. */
const CLIP_EPSILON = 1e-6;

/** One trained array, with the gradient of the loss by it. */
export interface TrainedWeight extends Pace {
  readonly spec: StateSpec;
  readonly value: Value;
  readonly gradient: Value;
}

/** Arrays that follow weights, or averages before them in the list: θ′ ← θ′ + rate·(θ − θ′), with θ after the step. */
export interface AveragedWeights {
  /** Of their vector. */
  readonly name: string;
  readonly members: readonly {
    readonly spec: StateSpec;
    /** Name of the state that it follows. */
    readonly followed: string;
  }[];
  /** An f32 scalar. */
  readonly rate: Value;
}

export interface Optimization {
  readonly weights: readonly TrainedWeight[];
  /** State that moves with each step but has no gradient: running statistics of normalisation. */
  readonly statistics: readonly {
    readonly name: string;
    readonly current: Value;
    readonly next: Value;
  }[];
  readonly averages: readonly AveragedWeights[];
  /** f32 scalar. */
  readonly loss: Value;
  /** The number of the step, an i32 scalar. */
  readonly step: Value;
  /** The base rate, an f32 scalar, usually live. */
  readonly learningRate: Value;
  readonly optimizer: OptimizerSettings;
  readonly schedule: Schedule;
  /** Largest global norm of the gradient, or null for no clipping. */
  readonly clipNorm: number | null;
}

export interface OptimizerStep {
  /** State after the step, by name: weights, averages, statistics, the optimizer's own. */
  readonly updates: Map<string, Value>;
  /** The state that the optimizer adds to the program's. */
  readonly state: StateSpec[];
  /** The weights as one vector, the optimizer's arrays for them, and their averages. */
  readonly packs: StatePack[];
  /** All weights as one vector, in their order, before and after the step; null without any. */
  readonly trained: { readonly before: Value; readonly after: Value } | null;
  /** √Σ‖g‖² over all weights that the step moves, before clipping: an f32 scalar. */
  readonly gradientNorm: Value;
  /** The rate of this step, by the schedule: an f32 scalar. */
  readonly learningRate: Value;
}

/**
 * The optimizer as ops of the program: schedule, clipping by the global norm, the update rule, and the guard. All
 * weights are one vector to it, so that a step costs the same few operations however many there are. Averages of
 * weights follow, each one vector too. Weights that a step does not move count in no norm, and their arrays stay as they are.
 * At a step whose loss or gradient norm is not finite all state stays as it was, and so it does after, until
 * the guard is set to 1 again; so what went wrong can be looked for in the state it went wrong from.
 */
export function optimize(builder: Builder, optimization: Optimization): OptimizerStep {
  const { weights, statistics, averages, loss, step, optimizer, schedule, clipNorm } = optimization;
  const declared = new Declarations(builder, weights);
  const learningRate = scheduledRate(builder, optimization.learningRate, step, schedule);
  const segments = new Segments(builder, weights);
  const { moved } = segments;
  const slopes = joined(
    builder,
    weights.map((weight) => weight.gradient),
  );
  const gradient = slopes && moved ? builder.select(moved, slopes, 0) : slopes;
  const gradientNorm = gradient ? norm(builder, gradient) : builder.constant(0);
  const changes: [name: string, before: Value, after: Value][] = statistics.map(
    ({ name, current, next }) => [name, current, next],
  );
  let trained: OptimizerStep['trained'] = null;
  if (gradient) {
    const value = declared.pack(
      'weights',
      weights.map(({ spec }) => spec),
    );
    const clipped =
      clipNorm === null ? gradient : clipByNorm(builder, gradient, gradientNorm, clipNorm);
    const vector = { value, gradient: clipped };
    const pace = { learningRate, segments };
    const update = updateTrained(builder, optimizer, vector, pace, declared);
    const ofMoved = (before: Value, after: Value): Value =>
      moved && after.shape.length > 0 ? builder.select(moved, after, before) : after;
    trained = { before: value, after: ofMoved(value, update.trained) };
    changes.push([WEIGHTS_PACK, value, trained.after]);
    for (const [name, after] of update.slots) {
      const [state, before] = declared.slot(name);
      changes.push([state, before, ofMoved(before, after)]);
    }
  }

  const alive = declared.number(GUARD_STATE, 1);
  const sound = [
    builder.compare('gt', alive, 0),
    builder.unary('isFinite', loss),
    builder.unary('isFinite', gradientNorm),
  ].reduce((all, condition) => builder.binary('and', all, condition));
  const updates = new Map<string, Value>();
  const change = (name: string, before: Value, after: Value): Value => {
    const move = builder.broadcastTo(sound, after.shape);
    const guarded = builder.withOrigin(after.origin, () => builder.select(move, after, before));
    updates.set(name, guarded);
    return guarded;
  };
  const places = new Places(builder);
  for (const [name, before, after] of changes) {
    const guarded = change(name, before, after);
    if (name === WEIGHTS_PACK)
      places.add(
        guarded,
        weights.map(({ spec }) => spec),
      );
  }
  for (const { name, members, rate } of averages) {
    const specs = members.map(({ spec }) => spec);
    const before = declared.pack(name, specs);
    const followed = places.vector(members.map((member) => member.followed));
    const after = builder.add(before, builder.mul(builder.sub(followed, before), rate));
    places.add(change(`${PACK_PREFIX}${name}`, before, after), specs);
  }
  updates.set(GUARD_STATE, builder.cast(sound, 'f32'));
  const { state, packs } = declared;
  return { updates, state, packs, trained, gradientNorm, learningRate };
}

/** Collects what the optimizer declares: its state, and the packs of it and of the weights. */
class Declarations implements Slots {
  readonly state: StateSpec[] = [];
  readonly packs: StatePack[] = [];
  private readonly slots = new Map<string, [name: string, value: Value]>();

  constructor(
    private readonly builder: Builder,
    private readonly weights: readonly TrainedWeight[],
  ) {}

  vector(name: string): Value {
    const members = this.weights.map(({ spec: { name: weight, shape, origin } }) =>
      this.declare(slotName(name, weight), { shape, origin }, 0),
    );
    const value = this.pack(`${OWN_PREFIX}${name}`, members);
    this.slots.set(name, [`${PACK_PREFIX}optimizer/${name}`, value]);
    return value;
  }

  scalar(name: string): Value {
    const full = optimizerScalar(name);
    const value = this.number(full, 0);
    this.slots.set(name, [full, value]);
    return value;
  }

  number(name: string, initial: number): Value {
    this.declare(name, { shape: [], origin: null }, initial);
    return this.builder.input('state', name, [], 'f32');
  }

  pack(name: string, specs: readonly StateSpec[]): Value {
    const full = `${PACK_PREFIX}${name}`;
    this.packs.push({ name: full, members: specs.map((spec) => spec.name) });
    const total = specs.reduce((sum, { shape }) => sum + elementCount(shape), 0);
    return this.builder.input('state', full, [total], 'f32');
  }

  /** Name of the state of a slot, and its value before the step. */
  slot(name: string): [name: string, value: Value] {
    return defined(this.slots.get(name), `slot ${name}`);
  }

  private declare(
    name: string,
    { shape, origin }: Pick<StateSpec, 'shape' | 'origin'>,
    initial: number,
  ): StateSpec {
    const initializer = { kind: 'constant', value: initial } as const;
    const spec = { name, shape, dtype: 'f32', initializer, purpose: 'optimizer', origin } as const;
    this.state.push(spec);
    return spec;
  }
}

/** Where in which vector the arrays of a pack are. */
class Places {
  private readonly places = new Map<string, { vector: Value; start: number; end: number }>();

  constructor(private readonly builder: Builder) {}

  add(vector: Value, members: readonly StateSpec[]): void {
    let start = 0;
    for (const { name, shape } of members) {
      const end = start + elementCount(shape);
      this.places.set(name, { vector, start, end });
      start = end;
    }
  }

  /** The arrays of these names as one vector; neighbours are cut out together. */
  vector(names: readonly string[]): Value {
    const pieces: { vector: Value; start: number; end: number }[] = [];
    for (const name of names) {
      const place = defined(this.places.get(name), `place of ${name}`);
      const last = pieces.at(-1);
      if (last?.vector === place.vector && last.end === place.start) last.end = place.end;
      else pieces.push({ ...place });
    }
    return this.builder.concat(
      pieces.map(({ vector, start, end }) => this.builder.sliceAxis(vector, 0, start, end)),
      0,
    );
  }
}

/** Arrays as one vector, one behind the other; null when there are none. */
function joined(builder: Builder, arrays: readonly Value[]): Value | null {
  if (arrays.length === 0) return null;
  const vectors = arrays.map((array) =>
    builder.withOrigin(array.origin, () => builder.reshape(array, [elementCount(array.shape)])),
  );
  return builder.concat(vectors, 0);
}

/** √Σx². */
function norm(builder: Builder, vector: Value): Value {
  return builder.sqrt(builder.sum(builder.square(vector)));
}

/** g·min(1, limit/(‖g‖ + 1e-6)), as `torch.nn.utils.clip_grad_norm_`. */
function clipByNorm(builder: Builder, gradient: Value, length: Value, limit: number): Value {
  const factor = builder.min(builder.div(limit, builder.add(length, CLIP_EPSILON)), 1);
  return builder.mul(gradient, factor);
}
