/** Time from one drain of the metrics to the next: about the rate at which a screen is worth redrawing. */
export const DRAIN_INTERVAL_MS = 33;

/** How much chunks may grow at once: the first steps of a run are slower or faster than the rest. */
const GROWTH = 2;

export interface ChunkLimits {
  /** Rows that the metrics ring can still take. */
  readonly ringSpace: number;
  /** Steps up to the next evaluation, pause or end. */
  readonly untilStop: number;
}

/**
 * Says how many steps to run before the session looks up again: as many as fit into one drain interval, so that a
 * pause is obeyed and metrics are shown at once, however fast or slow a step is.
 */
export class ChunkPlanner {
  private fitting = 1;

  /** At least 1; never past the ring's space or the next stop. */
  next({ ringSpace, untilStop }: ChunkLimits): number {
    return Math.max(1, Math.min(this.fitting, ringSpace, untilStop));
  }

  record(steps: number, milliseconds: number): void {
    // A chunk cut short by a stop is mostly overhead: it says nothing unless it was too long even so.
    if (steps * GROWTH < this.fitting && milliseconds < DRAIN_INTERVAL_MS) return;
    const steady = (DRAIN_INTERVAL_MS * steps) / Math.max(milliseconds, 1e-3);
    this.fitting = Math.max(1, Math.floor(Math.min(steady, steps * GROWTH)));
  }
}
