/** Diverged: this many times what it was with the initial weights … */
const GROWTH = 1000;
/**
 * … which count as at least 1, since growing out of next to nothing is learning, and as at most 10⁴: a value that is
 * beyond that before training comes of an inference that diverges, and makes nothing else look small.
 */
const INITIAL_RANGE = { least: 1, most: 1e4 } as const;

export interface Growth {
  readonly now: number;
  /** With the initial weights; null when unknown. */
  readonly initial: number | null;
  /** Training steps between the two; null when unknown. */
  readonly steps: number | null;
}

/** Whether a loss, an energy or a deviation has grown by orders of magnitude in training. */
export function hasGrown({ now, initial, steps }: Growth): boolean {
  if (steps === 0) return false;
  const { least, most } = INITIAL_RANGE;
  const size = Number.isFinite(initial) ? Math.abs(initial ?? 0) : 0;
  return Math.abs(now) > GROWTH * Math.min(most, Math.max(least, size));
}
