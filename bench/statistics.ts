import { defined } from '../src/core/invariant';

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = defined(sorted[middle], 'median');
  return sorted.length % 2 === 1 ? upper : (upper + defined(sorted[middle - 1], 'median')) / 2;
}

/** Whether two losses are equal up to rounding: |a − b| ≤ tolerance · max(|a|, |b|). False when one is not finite. */
export function agree(a: number, b: number, tolerance: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
