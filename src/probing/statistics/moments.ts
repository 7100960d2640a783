import type { HostArray } from '../../engine/engine';

export interface Moments {
  readonly rows: number;
  readonly mean: number;
  /** ddof 1. */
  readonly variance: number;
  /** Mean of |value|. */
  readonly meanSize: number;
}

/** Moments over samples. */
export function moments(values: HostArray): Moments {
  const rows = values.length;
  let sum = 0;
  let size = 0;
  for (const value of values) {
    sum += value;
    size += Math.abs(value);
  }
  const mean = sum / rows;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { rows, mean, variance: squares / Math.max(1, rows - 1), meanSize: size / rows };
}
