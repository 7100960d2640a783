import type { Builder } from '../../ir/builder';
import type { Value } from '../../ir/types';

/** How the learning rate changes over a run of `totalSteps` steps. */
export interface Schedule {
  readonly kind: 'constant' | 'cosine';
  /** Steps of linear warm-up, before the rest of the schedule. */
  readonly warmupSteps: number;
  readonly totalSteps: number;
  /** Cosine only: the fraction of the rate that is left at the end. */
  readonly finalFraction: number;
}

/**
 * The learning rate of a step, an f32 scalar: the base rate times a factor of step s = 0, 1, …, with W warm-up
 * steps of T in all.
 *   s < W:               (s + 1)/W, which is 1 at the last warm-up step
 *   constant, s ≥ W:     1
 *   cosine, s ≥ W:       f + (1 − f)·½(1 + cos(π·p)), p = min((s − W)/(T − W), 1)
 * Cosine: Loshchilov and Hutter, "SGDR" (2017), without restarts; as `CosineAnnealingLR` of PyTorch.
 */
export function scheduledRate(
  builder: Builder,
  base: Value,
  step: Value,
  { kind, warmupSteps, totalSteps, finalFraction }: Schedule,
): Value {
  const s = builder.cast(step, 'f32');
  let rate = base;
  if (kind === 'cosine') {
    const length = Math.max(totalSteps - warmupSteps, 1);
    const elapsed = builder.max(builder.sub(s, warmupSteps), 0);
    const progress = builder.min(builder.div(elapsed, length), 1);
    const wave = builder.unary('cos', builder.mul(progress, Math.PI));
    const half = (1 - finalFraction) / 2;
    rate = builder.mul(base, builder.add(builder.mul(wave, half), finalFraction + half));
  }
  if (warmupSteps > 0) {
    const rising = builder.mul(base, builder.div(builder.add(s, 1), warmupSteps));
    rate = builder.select(builder.compare('lt', s, warmupSteps), rising, rate);
  }
  return rate;
}

/** The factor that `scheduledRate` gives the base rate at a step, as a number. */
export function scheduleFactor(
  { kind, warmupSteps, totalSteps, finalFraction }: Schedule,
  step: number,
): number {
  if (step < warmupSteps) return (step + 1) / warmupSteps;
  if (kind === 'constant') return 1;
  const length = Math.max(totalSteps - warmupSteps, 1);
  const progress = Math.min((step - warmupSteps) / length, 1);
  return finalFraction + ((1 - finalFraction) / 2) * (1 + Math.cos(Math.PI * progress));
}
