import type { HostArray } from '../../engine/engine';
import { moments, type Moments } from './moments';
import type { Statistic } from './statistic';

/** One energy a held-out sample, `[B]` each but the means by step. */
export interface EnergyArrays {
  /** F(x, y). */
  readonly data: HostArray;
  /** F(x, y_other), free variables inferred anew; null where there are no such pairs. */
  readonly shuffled: HostArray | null;
  /** Of a sequence: means over the samples for each step, `[T]`, of true pairs and of others. */
  readonly bySteps?: HostArray | null;
  readonly shuffledBySteps?: HostArray | null;
  /** Off the data: the target of another sample against the prediction for this one; null where there is no prediction. */
  readonly mismatched?: HostArray | null;
  /** E(x, y, z) at the latents of true pairs; F(x, y) where it is not given. */
  readonly latentOwn?: HostArray | null;
  /** E(x, y, z_other); null without a latent. */
  readonly latentShuffled: HostArray | null;
}

/** Moments over held-out samples, and the energies themselves. */
export interface MeasuredEnergy {
  readonly arrays: EnergyArrays;
  readonly data: Moments;
  readonly shuffled: Moments | null;
  /** Only where y_other had to be made of the data, as x is y, and is compared with a prediction. */
  readonly mismatched: Moments | null;
  readonly latentOwn: Moments;
  readonly latentShuffled: Moments | null;
}

export type EnergyStatistic<Value extends number | null = number | null> = Statistic<
  MeasuredEnergy,
  Value
>;

export function measureEnergy(arrays: EnergyArrays): MeasuredEnergy {
  return {
    arrays,
    data: moments(arrays.data),
    shuffled: arrays.shuffled && moments(arrays.shuffled),
    mismatched: arrays.mismatched ? moments(arrays.mismatched) : null,
    latentOwn: moments(arrays.latentOwn ?? arrays.data),
    latentShuffled: arrays.latentShuffled && moments(arrays.latentShuffled),
  };
}
