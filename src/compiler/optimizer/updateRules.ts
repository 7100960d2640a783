import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';

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

type UpdateRule<K extends OptimizerSettings['kind']> = (
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  vector: TrainedVector,
  rate: Value,
  slots: Slots,
) => Update;

const UPDATE_RULES: { readonly [K in OptimizerSettings['kind']]: UpdateRule<K> } = {
  /**
   * u ← μ·u + g, w ← w − η·u, as `torch.optim.SGD`: no dampening, no Nesterov.
   */
  sgd: (b, { momentum }, { value, gradient }, rate, slots) => {
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
  adam: (b, settings, vector, rate, slots) => adam(b, settings, 0, vector, rate, slots),
  /** Loshchilov and Hutter (2019), as `torch.optim.AdamW`: w ← w − η·λ·w before Adam's own step. */
  adamw: (b, settings, vector, rate, slots) =>
    adam(b, settings, settings.weightDecay, vector, rate, slots),
};

/**
 * m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  w ← w·(1 − ηλ) − η·(m/c₁)/(√(v/c₂) + ε).
 * The bias corrections c = 1 − βᵗ are kept as running averages of the constant 1, c ← βc + (1−β): the same
 * numbers, without the cancellation that 1 − βᵗ suffers in float32, and they count the steps really taken.
 */
function adam(
  b: Builder,
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
  weightDecay: number,
  { value, gradient }: TrainedVector,
  rate: Value,
  slots: Slots,
): Update {
  const average = (old: Value, beta: number, next: Value | number): Value => {
    const share = typeof next === 'number' ? (1 - beta) * next : b.mul(next, 1 - beta);
    return b.add(b.mul(old, beta), share);
  };
  const correction1 = average(slots.scalar('correction1'), beta1, 1);
  const correction2 = average(slots.scalar('correction2'), beta2, 1);
  const mean = average(slots.vector('mean'), beta1, gradient);
  const meanSquare = average(slots.vector('meanSquare'), beta2, b.square(gradient));
  const deviation = b.div(b.sqrt(meanSquare), b.sqrt(correction2));
  const direction = b.div(mean, b.add(deviation, epsilon));
  const decayed = weightDecay > 0 ? b.mul(value, b.sub(1, b.mul(rate, weightDecay))) : value;
  return {
    trained: b.sub(decayed, b.mul(direction, b.div(rate, correction1))),
    slots: new Map([
      ['correction1', correction1],
      ['correction2', correction2],
      ['mean', mean],
      ['meanSquare', meanSquare],
    ]),
  };
}

export function updateTrained<K extends OptimizerSettings['kind']>(
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  vector: TrainedVector,
  rate: Value,
  slots: Slots,
): Update {
  const rule: UpdateRule<K> = UPDATE_RULES[settings.kind];
  return rule(builder, settings, vector, rate, slots);
}
