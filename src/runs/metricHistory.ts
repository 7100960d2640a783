import { defined, invariant } from '../core/invariant';

/** Consecutive steps of several metrics, row-major: `rows × names`. What engines hand out (`MetricRows`). */
export interface Rows {
  readonly names: readonly string[];
  readonly firstStep: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** One metric, a value for each bucket. Views of the history's own arrays: read them before the next `append`. */
export interface Column {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A history without its values. */
export interface HistoryHead {
  readonly names: readonly string[];
  readonly firstStep: number;
  /** Steps that one bucket stands for. */
  readonly stride: number;
  /** The number of buckets. */
  readonly length: number;
  /** Steps in the last bucket. */
  readonly inLast: number;
  /** The values of the last step, in the order of the names. */
  readonly last: readonly number[];
}

interface Storage {
  mean: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

/** Buckets at most: below this every step is kept as it is. */
const DEFAULT_CAPACITY = 65_536;
const INITIAL_CAPACITY = 1024;

/**
 * All metrics of a run in memory that does not grow without end: while a run has fewer steps than `capacity`, every step is kept;
 * each time it has grown over that, neighbouring buckets are merged and one stands for twice as many steps, with its mean,
 * least and greatest value. So a run of 10⁸ steps costs what one of 10⁵ does and its extremes are never lost.
 */
export class MetricHistory {
  private columns = new Map<string, Storage>();
  private allocated = 0;
  private filled = 0;
  private first = 0;
  private bucketSteps = 1;
  /** Steps in the last bucket, which may not be full yet. */
  private inLast = 0;
  private lastRow = new Map<string, number>();

  constructor(private readonly capacity = DEFAULT_CAPACITY) {
    invariant(capacity >= 2 && capacity % 2 === 0, 'the capacity of a history is even');
  }

  get names(): readonly string[] {
    return [...this.columns.keys()];
  }

  /** The number of buckets. */
  get length(): number {
    return this.filled;
  }

  /** Steps that one bucket stands for. */
  get stride(): number {
    return this.bucketSteps;
  }

  get firstStep(): number {
    return this.first;
  }

  /** The number of the step after the last one kept. */
  get nextStep(): number {
    if (this.filled === 0) return this.first;
    return this.first + (this.filled - 1) * this.bucketSteps + this.inLast;
  }

  /** The first step of a bucket. */
  stepAt(bucket: number): number {
    return this.first + bucket * this.bucketSteps;
  }

  /** Everything there is to know of it but its columns: with them, `restore` makes the same history. */
  get head(): HistoryHead {
    const names = this.names;
    return {
      names,
      firstStep: this.first,
      stride: this.bucketSteps,
      length: this.filled,
      inLast: this.inLast,
      last: names.map((name) => this.lastRow.get(name) ?? NaN),
    };
  }

  /** Takes over what was kept of a history; columns in the order of the names. It goes on from there as that one would. */
  restore(head: HistoryHead, columns: readonly Column[]): void {
    this.clear();
    const size = Math.max(head.length, 1);
    invariant(size <= this.capacity, 'a history that is restored has room');
    head.names.forEach((name, index) => {
      const kept = defined(columns[index], name);
      const storage = emptyStorage(size);
      storage.mean.set(kept.mean);
      storage.low.set(kept.low);
      storage.high.set(kept.high);
      this.columns.set(name, storage);
      this.lastRow.set(name, head.last[index] ?? NaN);
    });
    this.allocated = size;
    this.filled = head.length;
    this.first = head.firstStep;
    this.bucketSteps = head.stride;
    this.inLast = head.inLast;
  }

  clear(): void {
    this.columns = new Map();
    this.allocated = 0;
    this.filled = 0;
    this.first = 0;
    this.bucketSteps = 1;
    this.inLast = 0;
    this.lastRow = new Map();
  }

  /**
   * Takes over rows. Steps that come again, because a run was rebuilt or tried again from an earlier step, replace what was kept of
   * them; once buckets stand for several steps they are skipped instead. Where the metrics are others from some step on, because the
   * graph was changed, each has no numbers (NaN) where it was none. Rows that leave a gap belong to another run: the history
   * starts anew with them.
   */
  append(rows: Rows): void {
    if (rows.rows === 0) return;
    const isOnward = rows.firstStep <= this.nextStep && rows.firstStep >= this.first;
    if (this.columns.size === 0 || !isOnward) {
      this.clear();
      this.first = rows.firstStep;
    }
    if (!this.sameNames(rows.names)) this.changeNames(rows.names);
    if (this.bucketSteps === 1) {
      this.filled = rows.firstStep - this.first;
      this.inLast = 1;
    }
    if (rows.firstStep + rows.rows >= this.nextStep) {
      const start = (rows.rows - 1) * rows.names.length;
      rows.names.forEach((name, i) => this.lastRow.set(name, rows.values[start + i] ?? NaN));
    }
    const targets = rows.names.map((name) => defined(this.columns.get(name), name));
    const others = [...this.columns].filter(([name]) => !rows.names.includes(name));
    for (let row = Math.max(0, this.nextStep - rows.firstStep); row < rows.rows; row++) {
      this.openBucket();
      const bucket = this.filled - 1;
      for (const [, { mean, low, high }] of others) mean[bucket] = low[bucket] = high[bucket] = NaN;
      const share = 1 / (this.inLast + 1);
      targets.forEach((column, index) => {
        const value = rows.values[row * rows.names.length + index] ?? NaN;
        add(column, bucket, value, share);
      });
      this.inLast++;
    }
  }

  column(name: string): Column | null {
    const storage = this.columns.get(name);
    if (storage === undefined) return null;
    return {
      mean: storage.mean.subarray(0, this.filled),
      low: storage.low.subarray(0, this.filled),
      high: storage.high.subarray(0, this.filled),
    };
  }

  /** The value at the last step. */
  last(name: string): number | null {
    return this.lastRow.get(name) ?? null;
  }

  /** Makes room for one more step in the last bucket. */
  private openBucket(): void {
    if (this.filled > 0 && this.inLast < this.bucketSteps) return;
    if (this.filled === this.capacity) this.merge();
    if (this.filled === this.allocated) this.grow();
    this.filled++;
    this.inLast = 0;
  }

  private merge(): void {
    const half = this.filled / 2;
    for (const { mean, low, high } of this.columns.values()) {
      for (let i = 0; i < half; i++) {
        const [a, b] = [2 * i, 2 * i + 1];
        mean[i] = ((mean[a] ?? NaN) + (mean[b] ?? NaN)) / 2;
        low[i] = Math.min(low[a] ?? NaN, low[b] ?? NaN);
        high[i] = Math.max(high[a] ?? NaN, high[b] ?? NaN);
      }
    }
    this.filled = half;
    this.bucketSteps *= 2;
    // An even number of full buckets was merged: the last one is full too.
    this.inLast = this.bucketSteps;
  }

  private grow(): void {
    const size = Math.min(this.capacity, Math.max(INITIAL_CAPACITY, this.allocated * 2));
    for (const column of this.columns.values()) {
      const larger = emptyStorage(size);
      larger.mean.set(column.mean);
      larger.low.set(column.low);
      larger.high.set(column.high);
      Object.assign(column, larger);
    }
    this.allocated = size;
  }

  /** Metrics that begin now, and such that have ended. */
  private changeNames(names: readonly string[]): void {
    for (const name of names) {
      if (this.columns.has(name)) continue;
      const storage = emptyStorage(this.allocated);
      for (const numbers of [storage.mean, storage.low, storage.high]) numbers.fill(NaN);
      this.columns.set(name, storage);
    }
    for (const name of this.columns.keys()) {
      if (!names.includes(name)) this.lastRow.delete(name);
    }
  }

  private sameNames(names: readonly string[]): boolean {
    return names.length === this.columns.size && names.every((name) => this.columns.has(name));
  }
}

function emptyStorage(size: number): Storage {
  return {
    mean: new Float64Array(size),
    low: new Float64Array(size),
    high: new Float64Array(size),
  };
}

/** Adds one value to a bucket in which it has the share 1/n of the mean. Anything not finite makes the bucket so. */
function add({ mean, low, high }: Storage, bucket: number, value: number, share: number): void {
  if (share === 1) {
    mean[bucket] = low[bucket] = high[bucket] = value;
    return;
  }
  const old = mean[bucket] ?? NaN;
  mean[bucket] = old + (value - old) * share;
  low[bucket] = Math.min(low[bucket] ?? NaN, value);
  high[bucket] = Math.max(high[bucket] ?? NaN, value);
}
