import { defined } from '../../core/invariant';
import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';
import type { Pace, Segments } from './segments';

/** All trained numbers as one vector, with the gradient of the loss by it (clipped already). */
export interface TrainedVector {
  readonly value: Value;
  readonly gradient: Value;
}

/** The optimizer's own state. */
export interface Slots {
  /** Declares an array like the trained vector, all zero at first, and gives its present value. */
  vector(name: string): Value;
  /** Declares a number that is zero at first. */
  scalar(name: string): Value;
}

export interface Update {
  /** The trained vector after the step. */
  readonly trained: Value;
  /** The slots after the step, by name. */
  readonly slots: ReadonlyMap<string, Value>;
}

/** How far the weights go in this step. */
export interface StepPace {
  /** By the schedule, an f32 scalar. */
  readonly learningRate: Value;
  readonly segments: Segments;
}

type UpdateRule<K extends OptimizerSettings['kind']> = (
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  vector: TrainedVector,
  pace: StepPace,
  slots: Slots,
) => Update;

const UPDATE_RULES: { readonly [K in OptimizerSettings['kind']]: UpdateRule<K> } = {
  /**
   * u ← μ·u + g, w ← w − η·u, as `torch.optim.SGD`: no dampening, no Nesterov.
   */
  sgd: (b, { momentum }, { value, gradient }, pace, slots) => {
    const rate = pace.segments.spread((part) => rateOf(b, pace, part));
    if (momentum === 0) {
      return { trained: b.sub(value, b.mul(gradient, rate)), slots: new Map() };
    }
    const velocity = b.add(b.mul(slots.vector('momentum'), momentum), gradient);
    return {
      trained: b.sub(value, b.mul(velocity, rate)),
      slots: new Map([['momentum', velocity]]),
    };
  },
  /** Kingma and Ba (2015), as `torch.optim.Adam` without weight decay. */
  adam: (b, settings, vector, pace, slots) => adam(b, settings, 0, vector, pace, slots),
  /** Loshchilov and Hutter (2019), as `torch.optim.AdamW`: w ← w − η·λ·w before Adam's own step. */
  adamw: (b, settings, vector, pace, slots) =>
    adam(b, settings, settings.weightDecay, vector, pace, slots),
};

/**
 * m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  w ← w·(1 − ηλ) − η·(m/c₁)/(√(v/c₂) + ε).
 * The bias corrections c = 1 − βᵗ are kept as running averages of the constant 1, c ← βc + (1−β): the same
 * numbers, without the cancellation that 1 − βᵗ suffers in float32, and they count the steps really taken: of each clock those
 * that move its weights.
 */
function adam(
  b: Builder,
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
  weightDecay: number,
  { value, gradient }: TrainedVector,
  pace: StepPace,
  slots: Slots,
): Update {
  const { segments } = pace;
  const average = (old: Value, beta: number, next: Value | number): Value => {
    const share = typeof next === 'number' ? (1 - beta) * next : b.mul(next, 1 - beta);
    return b.add(b.mul(old, beta), share);
  };
  const corrections = new Map<string, Value>();
  const correction = (kind: string, beta: number): ((part: Required<Pace>) => Value) => {
    for (const [clock, goesOn] of segments.clocks) {
      const name = clockSlot(kind, clock);
      const before = slots.scalar(name);
      const after = average(before, beta, 1);
      corrections.set(name, goesOn ? b.select(goesOn, after, before) : after);
    }
    return ({ clock }) =>
      defined(corrections.get(clockSlot(kind, clock)), `correction of ${clock}`);
  };
  const correction1 = correction(CORRECTIONS[0], beta1);
  const correction2 = correction(CORRECTIONS[1], beta2);
  const mean = average(slots.vector('mean'), beta1, gradient);
  const meanSquare = average(slots.vector('meanSquare'), beta2, b.square(gradient));
  const deviation = b.div(
    b.sqrt(meanSquare),
    segments.spread((part) => b.sqrt(correction2(part))),
  );
  const direction = b.div(mean, b.add(deviation, epsilon));
  const kept = (part: Required<Pace>): Value => b.sub(1, b.mul(rateOf(b, pace, part), weightDecay));
  const decayed = weightDecay > 0 ? b.mul(value, segments.spread(kept)) : value;
  const rate = segments.spread((part) => b.div(rateOf(b, pace, part), correction1(part)));
  return {
    trained: b.sub(decayed, b.mul(direction, rate)),
    slots: new Map([...corrections, ['mean', mean], ['meanSquare', meanSquare]]),
  };
}

/** The learning rate of one part, a scalar. */
function rateOf(b: Builder, { learningRate }: StepPace, { rateFactor }: Required<Pace>): Value {
  return rateFactor ? b.mul(learningRate, rateFactor) : learningRate;
}

/** Adam's numbers beside its moments. */
export const CORRECTIONS = ['correction1', 'correction2'] as const;

/** The name of the bias correction that a clock has. */
export function clockSlot(kind: string, clock: string | null): string {
  return clock === null ? kind : `${kind} of ${clock}`;
}

export function updateTrained<K extends OptimizerSettings['kind']>(
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  vector: TrainedVector,
  pace: StepPace,
  slots: Slots,
): Update {
  const rule: UpdateRule<K> = UPDATE_RULES[settings.kind];
  return rule(builder, settings, vector, pace, slots);
}
