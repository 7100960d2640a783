import { defined } from '../../core/invariant';
import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import { elementCount, type StatePack, type StateSpec, type Value } from '../../ir/types';
import { scheduledRate, type Schedule } from './schedule';
import { updateTrained, type Slots } from './updateRules';

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

/** Names of packs begin with it: no state array's does. */
const PACK_PREFIX = 'all ';

/** Added to the norm before dividing by it, as `torch.nn.utils.clip_grad_norm_` does. */
const CLIP_EPSILON = 1e-6;

/** One trained array, with the gradient of the loss by it. */
export interface TrainedWeight {
  readonly spec: StateSpec;
  readonly value: Value;
  readonly gradient: Value;
}

export interface Optimization {
  readonly weights: readonly TrainedWeight[];
  /** State that moves with each step but has no gradient: running statistics of normalisation. */
  readonly statistics: readonly {
    readonly name: string;
    readonly current: Value;
    readonly next: Value;
  }[];
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
  /** State after the step, by name: weights, statistics, the optimizer's own. */
  readonly updates: Map<string, Value>;
  /** The state that the optimizer adds to the program's. */
  readonly state: StateSpec[];
  /** The weights as one vector, and the optimizer's arrays for them. */
  readonly packs: StatePack[];
  /** √Σ‖g‖² over all weights, before clipping: an f32 scalar. */
  readonly gradientNorm: Value;
  /** The rate of this step, by the schedule: an f32 scalar. */
  readonly learningRate: Value;
}

/**
 * The optimizer as ops of the program: schedule, clipping by the global norm, the update rule, and the guard. All
 * weights are one vector to it, so that a step costs the same few operations however many there are.
 * At a step whose loss or gradient norm is not finite all state stays as it was, and so it does after, until
 * the guard is set to 1 again; so what went wrong can be looked for in the state it went wrong from.
 */
export function optimize(builder: Builder, optimization: Optimization): OptimizerStep {
  const { weights, statistics, loss, step, optimizer, schedule, clipNorm } = optimization;
  const declared = new Declarations(builder, weights);
  const learningRate = scheduledRate(builder, optimization.learningRate, step, schedule);
  const gradient = joined(
    builder,
    weights.map((weight) => weight.gradient),
  );
  const gradientNorm = gradient ? norm(builder, gradient) : builder.constant(0);
  const changes: [name: string, before: Value, after: Value][] = statistics.map(
    ({ name, current, next }) => [name, current, next],
  );
  if (gradient) {
    const value = declared.pack('weights', weights.map(({ spec }) => spec.name)); // prettier-ignore
    const clipped =
      clipNorm === null ? gradient : clipByNorm(builder, gradient, gradientNorm, clipNorm);
    const vector = { value, gradient: clipped };
    const update = updateTrained(builder, optimizer, vector, learningRate, declared);
    changes.push([`${PACK_PREFIX}weights`, value, update.trained]);
    for (const [name, after] of update.slots) changes.push([...declared.slot(name), after]);
  }

  const alive = declared.number(GUARD_STATE, 1);
  const sound = [
    builder.compare('gt', alive, 0),
    builder.unary('isFinite', loss),
    builder.unary('isFinite', gradientNorm),
  ].reduce((all, condition) => builder.binary('and', all, condition));
  const updates = new Map<string, Value>();
  for (const [name, before, after] of changes) {
    const move = builder.broadcastTo(sound, after.shape);
    updates.set(
      name,
      builder.withOrigin(after.origin, () => builder.select(move, after, before)),
    );
  }
  updates.set(GUARD_STATE, builder.cast(sound, 'f32'));
  return { updates, state: declared.state, packs: declared.packs, gradientNorm, learningRate };
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
    const members = this.weights.map(({ spec: { name: weight, shape, origin } }) => {
      const member = `${OWN_PREFIX}${name}/${weight}`;
      this.declare(member, { shape, origin }, 0);
      return member;
    });
    const value = this.pack(`${OWN_PREFIX}${name}`, members);
    this.slots.set(name, [`${PACK_PREFIX}optimizer/${name}`, value]);
    return value;
  }

  scalar(name: string): Value {
    const value = this.number(`${OWN_PREFIX}${name}`, 0);
    this.slots.set(name, [`${OWN_PREFIX}${name}`, value]);
    return value;
  }

  number(name: string, initial: number): Value {
    this.declare(name, { shape: [], origin: null }, initial);
    return this.builder.input('state', name, [], 'f32');
  }

  pack(name: string, members: readonly string[]): Value {
    const full = `${PACK_PREFIX}${name}`;
    this.packs.push({ name: full, members });
    const total = this.weights.reduce((sum, { spec }) => sum + elementCount(spec.shape), 0);
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
  ): void {
    const initializer = { kind: 'constant', value: initial } as const;
    this.state.push({ name, shape, dtype: 'f32', initializer, purpose: 'optimizer', origin });
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
