/** Bins of every histogram in a report. */
export const BINS = 32;

/** The least and the greatest of all numbers that are finite; a range of 1 around them where they are all the same. */
export function rangeOf(...lists: readonly ArrayLike<number>[]): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i] ?? NaN;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** How many of the numbers lie in each of `BINS` bins of equal width between `low` and `high`, both ends inside. */
export function binCounts(values: Iterable<number>, low: number, high: number): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(BINS - 1, Math.floor(((value - low) / (high - low)) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
