import { defined, invariant } from '../../core/invariant';
import { elementCount, type DType } from '../../ir/types';
import type { HostView } from '../../codegen/plan';
import type { Executable, HostArray, HostArrays, MetricRows } from '../engine';
import type { GpuContext } from './gpuContext';
import type { GpuProgram } from './gpuProgram';
import { StagingPool } from './stagingPool';
import { SubmitPacer } from './submitPacer';

/** Submits that the GPU may have before it. One would leave it idle while the next is encoded. */
const IN_FLIGHT = 2;
const METRIC_STAGING_BUFFERS = 2;

/** A program that lives on the GPU: a step is a fixed list of dispatches, many steps are one submit. */
export class WebGPUExecutable implements Executable {
  readonly ringCapacity: number;
  private nextStep = 0;
  /** The first step whose metrics have not been drained. */
  private drained = 0;
  private disposed = false;
  private readonly live = new Map<string, number>();
  private readonly changedLive = new Set<string>();
  private readonly pacer = new SubmitPacer();
  private readonly staging: StagingPool;

  constructor(
    private readonly context: GpuContext,
    private readonly gpu: GpuProgram,
    private readonly onDispose: () => void,
  ) {
    const { ring, ringCapacity } = gpu.plan;
    this.ringCapacity = ringCapacity;
    this.staging = new StagingPool(context);
    if (!ring) return;
    for (let i = 0; i < METRIC_STAGING_BUFFERS; i++) {
      this.staging.prepare(gpu.range(ring, 0, ring.storage.length).byteLength);
    }
  }

  get step(): number {
    return this.nextStep;
  }

  async run(steps: number): Promise<void> {
    this.check();
    const inFlight: Promise<void>[] = [];
    let remaining = steps;
    let previousEnd = 0;
    while (remaining > 0) {
      const count = Math.min(remaining, this.pacer.steps);
      this.submitSteps(count);
      remaining -= count;
      const submitted = performance.now();
      const done = this.context.device.queue.onSubmittedWorkDone().then(() => {
        const end = performance.now();
        // It started when it was submitted, or when the one before it was done.
        this.pacer.record(count, end - Math.max(submitted, previousEnd));
        previousEnd = end;
      });
      const finished = this.context.wait(done);
      // A lost device rejects both submits in flight, and only one of them is awaited.
      finished.catch(() => undefined);
      inFlight.push(finished);
      if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
      if (this.disposed) return;
      this.context.check();
    }
    await Promise.all(inFlight);
    if (!this.disposed) this.context.check();
  }

  async drainMetrics(): Promise<MetricRows> {
    this.check();
    const { ring, metricNames: names } = this.gpu.plan;
    const rows = Math.min(this.nextStep - this.drained, this.ringCapacity);
    const firstStep = this.nextStep - rows;
    this.drained = this.nextStep;
    if (!ring || rows === 0) return { names, firstStep, rows, values: new Float64Array(0) };
    // The rows lie in one range, or in two when they go over the ring's end.
    const start = firstStep % this.ringCapacity;
    const untilEnd = Math.min(rows, this.ringCapacity - start);
    const columns = names.length;
    const parts = await this.staging.read([
      this.gpu.range(ring, start * columns, untilEnd * columns),
      this.gpu.range(ring, 0, (rows - untilEnd) * columns),
    ]);
    const values = new Float64Array(rows * columns);
    let at = 0;
    for (const part of parts) {
      const numbers = new Float32Array(part);
      values.set(numbers, at);
      at += numbers.length;
    }
    return { names, firstStep, rows, values };
  }

  setLive(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (!this.gpu.plan.live.has(name) || Object.is(this.live.get(name), value)) continue;
      this.live.set(name, value);
      this.changedLive.add(name);
    }
  }

  readState(names?: readonly string[]): Promise<Map<string, HostArray>> {
    return this.read(this.gpu.plan.state, names);
  }

  writeState(arrays: HostArrays, step?: number): void {
    this.check();
    for (const [name, array] of arrays) {
      const { ref } = defined(this.gpu.plan.state.get(name), `state ${name}`);
      invariant(array.length === ref.length, `state ${name} keeps its length`);
      this.gpu.write(ref, array);
    }
    if (step === undefined) return;
    this.gpu.write(this.gpu.plan.step, Int32Array.of(step));
    this.nextStep = step;
    this.drained = step;
  }

  readOutputs(names?: readonly string[]): Promise<Map<string, HostArray>> {
    return this.read(this.gpu.plan.outputs, names);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.staging.dispose();
    this.gpu.dispose();
    this.onDispose();
  }

  private submitSteps(count: number): void {
    for (const name of this.changedLive) {
      const value = defined(this.live.get(name), 'live scalar');
      this.gpu.write(defined(this.gpu.plan.live.get(name), 'live place'), Float32Array.of(value));
    }
    this.changedLive.clear();
    const encoder = this.context.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < count; i++) this.gpu.encodeStep(pass);
    pass.end();
    this.context.submit(encoder);
    this.nextStep += count;
  }

  private async read(
    views: ReadonlyMap<string, HostView>,
    names: readonly string[] | undefined,
  ): Promise<Map<string, HostArray>> {
    this.check();
    const wanted = [...views].filter(([name]) => names?.includes(name) ?? true);
    const parts = await this.staging.read(
      wanted.map(([, { ref, shape }]) => this.gpu.range(ref, 0, elementCount(shape))),
    );
    return new Map(
      wanted.map(([name, { dtype }], number) => [
        name,
        hostArray(defined(parts[number], 'bytes'), dtype),
      ]),
    );
  }

  private check(): void {
    invariant(!this.disposed, 'the executable was disposed of');
    this.context.check();
  }
}

function hostArray(bytes: ArrayBuffer, dtype: DType): HostArray {
  return dtype === 'f32' ? new Float32Array(bytes) : new Int32Array(bytes);
}
