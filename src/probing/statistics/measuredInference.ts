import type { HostArray } from '../../engine/engine';
import { moments } from './moments';
import type { Statistic } from './statistic';

/** What inference has come to at one free variable on held-out samples, `[B]` each. */
export interface InferenceArrays {
  /** All energies that depend on it, at the point found. */
  readonly energy: HostArray;
  /** The norm of the gradient there. */
  readonly slope: HostArray;
  /** The energy after ten times the steps; null where that was not asked for. */
  readonly tenfold: HostArray | null;
}

/** Means over held-out samples. */
export interface MeasuredInference {
  readonly energy: number;
  readonly slope: number;
  readonly tenfold: number | null;
}

export type InferenceStatistic<Value extends number | null = number> = Statistic<
  MeasuredInference,
  Value
>;

export function measureInference({ energy, slope, tenfold }: InferenceArrays): MeasuredInference {
  return {
    energy: moments(energy).mean,
    slope: moments(slope).mean,
    tenfold: tenfold && moments(tenfold).mean,
  };
}
