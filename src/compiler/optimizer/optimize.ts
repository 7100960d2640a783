import { defined } from '../../core/invariant';
import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import type { StateSpec, Value } from '../../ir/types';
import { scheduledRate, type Schedule } from './schedule';
import { updateWeights, type DeclareSlot, type TrainedWeight } from './updateRules';

/**
 * Name of the guard: an f32 scalar of the state that is 1 while all is well, and 0 from the first step on whose
 * loss or gradient norm was not finite. While it is 0, no state changes.
 */
export const GUARD_STATE = 'alive';

/** Added to the norm before dividing by it, as `torch.nn.utils.clip_grad_norm_` does. */
const CLIP_EPSILON = 1e-6;

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
  /** √Σ‖g‖² over all weights, before clipping: an f32 scalar. */
  readonly gradientNorm: Value;
  /** The rate of this step, by the schedule: an f32 scalar. */
  readonly learningRate: Value;
}

/**
 * The optimizer as ops of the program: schedule, clipping by the global norm, the update rule, and the guard.
 * At a step whose loss or gradient norm is not finite all state stays as it was, and so it does after, until
 * the guard is set to 1 again; so what went wrong can be looked for in the state it went wrong from.
 */
export function optimize(builder: Builder, optimization: Optimization): OptimizerStep {
  const { weights, statistics, loss, step, optimizer, schedule, clipNorm } = optimization;
  const state: StateSpec[] = [];
  const before = new Map<string, Value>([
    ...weights.map(({ spec, value }): [string, Value] => [spec.name, value]),
    ...statistics.map(({ name, current }): [string, Value] => [name, current]),
  ]);
  const declare = (
    name: string,
    { shape, origin }: Pick<StateSpec, 'shape' | 'origin'>,
    initial: number,
  ): Value => {
    const initializer = { kind: 'constant', value: initial } as const;
    state.push({ name, shape, dtype: 'f32', initializer, purpose: 'optimizer', origin });
    const value = builder.input('state', name, shape, 'f32');
    before.set(name, value);
    return value;
  };
  const declareZeros: DeclareSlot = (name, like) => declare(name, like, 0);

  const gradientNorm = globalNorm(
    builder,
    weights.map(({ gradient }) => gradient),
  );
  const learningRate = scheduledRate(builder, optimization.learningRate, step, schedule);
  const clipped =
    clipNorm === null ? weights : clipByNorm(builder, weights, gradientNorm, clipNorm);
  const next = new Map([
    ...updateWeights(builder, optimizer, clipped, learningRate, declareZeros),
    ...statistics.map(({ name, next: after }): [string, Value] => [name, after]),
  ]);

  const alive = declare(GUARD_STATE, { shape: [], origin: null }, 1);
  const sound = [
    builder.compare('gt', alive, 0),
    builder.unary('isFinite', loss),
    builder.unary('isFinite', gradientNorm),
  ].reduce((all, condition) => builder.binary('and', all, condition));
  const updates = new Map<string, Value>();
  for (const [name, after] of next) {
    const old = defined(before.get(name), `state ${name}`);
    const move = builder.broadcastTo(sound, after.shape);
    updates.set(
      name,
      builder.withOrigin(after.origin, () => builder.select(move, after, old)),
    );
  }
  updates.set(GUARD_STATE, builder.cast(sound, 'f32'));
  return { updates, state, gradientNorm, learningRate };
}

/** √Σ‖g‖². */
function globalNorm(builder: Builder, gradients: readonly Value[]): Value {
  const squares = gradients.map((gradient) => builder.sum(builder.square(gradient)));
  return builder.sqrt(
    squares.length === 0
      ? builder.constant(0)
      : squares.reduce((sum, square) => builder.add(sum, square)),
  );
}

/** g·min(1, limit/(‖g‖ + 1e-6)), as `torch.nn.utils.clip_grad_norm_`. */
function clipByNorm(
  builder: Builder,
  weights: readonly TrainedWeight[],
  norm: Value,
  limit: number,
): TrainedWeight[] {
  const factor = builder.min(builder.div(limit, builder.add(norm, CLIP_EPSILON)), 1);
  return weights.map((weight) => ({ ...weight, gradient: builder.mul(weight.gradient, factor) }));
}
