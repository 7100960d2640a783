import type { TensorInfo } from '@tensorflow/tfjs-core';
import { RING_CAPACITY } from '../../ir/metricsRing';
import type { Value } from '../../ir/types';
import type { MetricRows } from '../engine';
import { reshape, type Kernels } from './kernels';
import { MetricsRing } from './metricsRing';
import type { Slots } from './slots';

/** Rows of metrics that may wait on a GPU until they are read together. */
const PENDING_ROWS = 128;

/** Takes the metrics of steps out of the slots and keeps their rows until they are drained. */
export class MetricsReader {
  private readonly values: readonly Value[];
  private readonly ring: MetricsRing;
  private pending: { readonly step: number; readonly row: readonly TensorInfo[] }[] = [];

  constructor(
    private readonly kernels: Kernels,
    private readonly slots: Slots,
    metrics: ReadonlyMap<string, Value>,
  ) {
    this.values = [...metrics.values()];
    this.ring = new MetricsRing([...metrics.keys()], RING_CAPACITY);
  }

  /** Whether rows should be read before more steps are run. */
  get isFull(): boolean {
    return this.pending.length >= PENDING_ROWS;
  }

  /** The metrics of the step that has just been computed. */
  take(step: number): void {
    if (this.values.length === 0) return;
    const { kernels, slots } = this;
    if (kernels.onHost) {
      this.ring.push(
        step,
        this.values.map((value) => kernels.view(slots.full(value))[0] ?? NaN),
      );
    } else {
      const row = this.values.map((value) => kernels.retain(slots.full(value)));
      this.pending.push({ step, row });
    }
  }

  /** Reads the metrics that wait on a GPU, with one copy for all of them. */
  async read(): Promise<void> {
    const { kernels, pending } = this;
    if (pending.length === 0) return;
    this.pending = [];
    const scalars = pending.flatMap(({ row }) => row.map((tensor) => reshape(tensor, [1])));
    const joined = kernels.run('Concat', scalars, { axis: 0 });
    for (const tensor of scalars) kernels.release(tensor);
    const values = await kernels.download(joined, 'f32');
    kernels.release(joined);
    pending.forEach(({ step, row }, index) =>
      this.ring.push(step, values.subarray(index * row.length, (index + 1) * row.length)),
    );
  }

  drain(): MetricRows {
    return this.ring.drain();
  }

  release(): void {
    for (const tensor of this.pending.flatMap(({ row }) => row)) this.kernels.release(tensor);
    this.pending = [];
  }
}
