import type { OptimizerSettings } from '../../document/schema';
import type { Builder } from '../../ir/builder';
import type { StateSpec, Value } from '../../ir/types';

/** One trained array, with the gradient of the loss by it (clipped already). */
export interface TrainedWeight {
  readonly spec: StateSpec;
  readonly value: Value;
  readonly gradient: Value;
}

/** Declares a state array that belongs to the optimizer, all zero at first, and gives its present value. */
export type DeclareSlot = (name: string, like: Pick<StateSpec, 'shape' | 'origin'>) => Value;

/** New values by state name: of the weights and of the optimizer's own arrays. */
export type Updates = Map<string, Value>;

type UpdateRule<K extends OptimizerSettings['kind']> = (
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  weights: readonly TrainedWeight[],
  rate: Value,
  declare: DeclareSlot,
) => Updates;

const UPDATE_RULES: { readonly [K in OptimizerSettings['kind']]: UpdateRule<K> } = {
  /**
   * u ← μ·u + g, w ← w − η·u, as `torch.optim.SGD`: no dampening, no Nesterov.
   */
  sgd: (b, { momentum }, weights, rate, declare) => {
    const updates: Updates = new Map();
    for (const { spec, value, gradient } of weights) {
      b.withOrigin(spec.origin, () => {
        let velocity = gradient;
        if (momentum > 0) {
          const name = `optimizer/momentum/${spec.name}`;
          velocity = b.add(b.mul(declare(name, spec), momentum), gradient);
          updates.set(name, velocity);
        }
        updates.set(spec.name, b.sub(value, b.mul(velocity, rate)));
      });
    }
    return updates;
  },
  /** Kingma and Ba (2015), as `torch.optim.Adam` without weight decay. */
  adam: (b, settings, weights, rate, declare) => adam(b, settings, 0, weights, rate, declare),
  /** Loshchilov and Hutter (2019), as `torch.optim.AdamW`: w ← w − η·λ·w before Adam's own step. */
  adamw: (b, settings, weights, rate, declare) =>
    adam(b, settings, settings.weightDecay, weights, rate, declare),
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
  weights: readonly TrainedWeight[],
  rate: Value,
  declare: DeclareSlot,
): Updates {
  const updates: Updates = new Map();
  const average = (
    name: string,
    like: Pick<StateSpec, 'shape' | 'origin'>,
    beta: number,
    next: Value | number,
  ): Value => {
    const old = b.mul(declare(name, like), beta);
    const made = b.add(old, typeof next === 'number' ? (1 - beta) * next : b.mul(next, 1 - beta));
    updates.set(name, made);
    return made;
  };
  const scalar = { shape: [], origin: null };
  const correction1 = average('optimizer/correction1', scalar, beta1, 1);
  const correction2 = average('optimizer/correction2', scalar, beta2, 1);
  const stepSize = b.div(rate, correction1);
  const deviation = b.sqrt(correction2);
  for (const { spec, value, gradient } of weights) {
    b.withOrigin(spec.origin, () => {
      const m = average(`optimizer/mean/${spec.name}`, spec, beta1, gradient);
      const v = average(`optimizer/meanSquare/${spec.name}`, spec, beta2, b.square(gradient));
      const direction = b.div(m, b.add(b.div(b.sqrt(v), deviation), epsilon));
      const decayed = weightDecay > 0 ? b.mul(value, b.sub(1, b.mul(rate, weightDecay))) : value;
      updates.set(spec.name, b.sub(decayed, b.mul(direction, stepSize)));
    });
  }
  return updates;
}

export function updateWeights<K extends OptimizerSettings['kind']>(
  builder: Builder,
  settings: Extract<OptimizerSettings, { kind: K }>,
  weights: readonly TrainedWeight[],
  rate: Value,
  declare: DeclareSlot,
): Updates {
  const rule: UpdateRule<K> = UPDATE_RULES[settings.kind];
  return rule(builder, settings, weights, rate, declare);
}
