/** GPU time of a submit that is aimed at, in milliseconds: a page that asks for more starves the compositor. */
const TARGET = 8;
const MOST_STEPS = 512;

/** Finds how many steps fit into one submit, from how long the last ones took. */
export class SubmitPacer {
  private current = 1;

  /** Steps of the next submit. */
  get steps(): number {
    return this.current;
  }

  /** Tells how long a submit of `steps` steps kept the GPU busy. Growth is slow, shrinking immediate. */
  record(steps: number, milliseconds: number): void {
    const fitting = Math.floor((TARGET * steps) / Math.max(milliseconds, 1e-3));
    const most = Math.min(MOST_STEPS, steps * 2);
    // The last submit of a run may be smaller than what fits: it tells nothing against more.
    if (fitting >= steps && steps < this.current) return;
    this.current = Math.max(1, Math.min(fitting, most));
  }
}
