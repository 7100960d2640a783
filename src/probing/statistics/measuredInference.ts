import type { HostArray } from '../../engine/engine';
import { moments } from './moments';
import type { Statistic } from './statistic';

/** What inference has come to at one free variable on held-out samples, `[B]` each. */
export interface InferenceArrays {
  /** All energies that depend on it, at the point found. */
  readonly energy: HostArray;
  /** After some of the steps, ascending from none; empty where none are taken. */
  readonly before: readonly { readonly steps: number; readonly energy: HostArray }[];
  /** All of the steps. */
  readonly steps: number;
  /** The norm of the gradient there. */
  readonly slope: HostArray;
  /** The energy after ten times the steps; null where that was not asked for. */
  readonly tenfold: HostArray | null;
}

/** The mean energy after some steps of inference. */
export interface FallPoint {
  readonly steps: number;
  readonly energy: number;
}

/** Means over held-out samples. */
export interface MeasuredInference {
  readonly energy: number;
  /** From the start to the point found; empty where no steps are taken. */
  readonly fall: readonly FallPoint[];
  readonly slope: number;
  readonly tenfold: number | null;
}

export type InferenceStatistic<Value extends number | null = number> = Statistic<
  MeasuredInference,
  Value
>;

export function measureInference({
  energy,
  before,
  steps,
  slope,
  tenfold,
}: InferenceArrays): MeasuredInference {
  const points = before.length === 0 ? [] : [...before, { steps, energy }];
  return {
    energy: moments(energy).mean,
    fall: points.map((point) => ({ steps: point.steps, energy: moments(point.energy).mean })),
    slope: moments(slope).mean,
    tenfold: tenfold && moments(tenfold).mean,
  };
}
