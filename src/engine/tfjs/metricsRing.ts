import type { MetricRows } from '../engine';

/** The last rows of metrics on the host. When it overruns, the oldest rows are lost. */
export class MetricsRing {
  private readonly values: Float64Array;
  private nextStep = 0;
  private rows = 0;

  constructor(
    private readonly names: readonly string[],
    readonly capacity: number,
  ) {
    this.values = new Float64Array(capacity * names.length);
  }

  /** Adds the row of `step`. A step that does not follow the last one drops what has not been drained. */
  push(step: number, row: ArrayLike<number>): void {
    if (step !== this.nextStep) this.rows = 0;
    const start = (step % this.capacity) * this.names.length;
    for (let i = 0; i < this.names.length; i++) this.values[start + i] = row[i] ?? NaN;
    this.nextStep = step + 1;
    this.rows = Math.min(this.capacity, this.rows + 1);
  }

  drain(): MetricRows {
    const { names, rows, capacity } = this;
    const firstStep = this.nextStep - rows;
    const values = new Float64Array(rows * names.length);
    for (let row = 0; row < rows; row++) {
      const start = ((firstStep + row) % capacity) * names.length;
      values.set(this.values.subarray(start, start + names.length), row * names.length);
    }
    this.rows = 0;
    return { names, firstStep, rows, values };
  }
}
