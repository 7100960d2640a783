import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import { RING_CAPACITY } from '../../ir/metricsRing';
import type { Program } from '../../ir/types';
import {
  DeviceLostError,
  type Executable,
  type HostArray,
  type HostArrays,
  type MetricRows,
} from '../engine';
import type { Kernels } from './kernels';
import type { LoweringContext } from './lowering';
import { lower } from './lowerings';
import { LoopRunner } from './loops/loopRunner';
import { MetricsReader } from './metricsReader';
import type { Instruction, RepeatPlan } from './plan';
import { planOnBackend } from './planOnBackend';
import type { Plans } from './planProgram';
import { ProgramInputs } from './programInputs';
import { Slots } from './slots';
import { yieldToEventLoop } from './yieldToEventLoop';

/** How long a run keeps the event loop waiting, in milliseconds: a frame. */
const YIELD_AFTER = 16;
/** A program interpreted with TensorFlow.js kernels, and compiled loops where the backend's memory allows. */
export class TfjsExecutable implements Executable {
  readonly ringCapacity = RING_CAPACITY;
  private nextStep = 0;
  private disposed = false;
  private readonly slots: Slots;
  private readonly context: LoweringContext & { step: number; iteration: number };
  private readonly inputs: ProgramInputs;
  private readonly metrics: MetricsReader;
  private outputs = new Map<string, TensorInfo>();

  /**
   * `onDispose` is called once, when the executable is disposed of. Throws an `OutOfMemoryError` for a program that the
   * backend's memory has no room for.
   */
  static async make(
    kernels: Kernels,
    program: Program,
    data: HostArrays,
    lossOf: () => string | null,
    onDispose: (executable: TfjsExecutable) => void,
  ): Promise<TfjsExecutable> {
    const { plans, compiled } = planOnBackend(kernels, program);
    const { loopMemory } = kernels;
    const loops = loopMemory && compiled && (await LoopRunner.make(kernels, loopMemory, compiled));
    return new TfjsExecutable(kernels, program, plans, loops, data, lossOf, onDispose);
  }

  private constructor(
    private readonly kernels: Kernels,
    private readonly program: Program,
    private readonly plans: Plans,
    private readonly loops: LoopRunner | null,
    data: HostArrays,
    /** Why the device was lost; null while it is there. */
    private readonly lossOf: () => string | null,
    private readonly onDispose: (executable: TfjsExecutable) => void,
  ) {
    this.slots = new Slots(kernels);
    this.inputs = new ProgramInputs(kernels, program, data);
    this.metrics = new MetricsReader(kernels, this.slots, program.metrics);
    this.context = {
      kernels,
      slots: this.slots,
      step: 0,
      iteration: 0,
      input: (role, name) => this.inputs.get(role, name),
    };
    for (const item of plans.once.items) {
      invariant(item.kind === 'instruction', 'what is fixed does not depend on a repeat');
      this.compute(item.instruction);
    }
  }

  get step(): number {
    return this.nextStep;
  }

  async run(steps: number): Promise<void> {
    this.check();
    let started = performance.now();
    for (let done = 0; done < steps; done++) {
      this.runStep(done === steps - 1);
      if (this.metrics.isFull) await this.metrics.read();
      if (performance.now() - started > YIELD_AFTER && done < steps - 1) {
        if (!this.kernels.onHost) await this.kernels.finish();
        await yieldToEventLoop();
        // Disposed of meanwhile: what remains of the run is nobody's concern.
        if (this.disposed) return;
        this.check();
        started = performance.now();
      }
    }
    await this.metrics.read();
    await this.kernels.finish();
    this.check();
  }

  drainMetrics(): Promise<MetricRows> {
    return Promise.resolve(this.metrics.drain());
  }

  setLive(values: Readonly<Record<string, number>>): void {
    this.inputs.setLive(values);
  }

  async readState(names?: readonly string[]): Promise<Map<string, HostArray>> {
    this.check();
    const wanted = names && new Set(names);
    const read = this.program.state
      .filter(({ name }) => !wanted || wanted.has(name))
      .map(async ({ name, dtype }) => {
        const tensor = this.inputs.get('state', name);
        return [name, await this.kernels.download(tensor, dtype)] as const;
      });
    return new Map(await Promise.all(read));
  }

  writeState(arrays: HostArrays, step?: number): void {
    this.check();
    this.inputs.writeState(arrays);
    if (step !== undefined) this.nextStep = step;
  }

  async readOutputs(names?: readonly string[]): Promise<Map<string, HostArray>> {
    this.check();
    const wanted = names && new Set(names);
    const read = [...this.outputs]
      .filter(([name]) => !wanted || wanted.has(name))
      .map(async ([name, tensor]) => {
        const { dtype } = defined(this.program.outputs.get(name), `output ${name}`);
        return [name, await this.kernels.download(tensor, dtype)] as const;
      });
    return new Map(await Promise.all(read));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.slots.releaseAll();
    this.loops?.dispose();
    this.inputs.release();
    this.metrics.release();
    for (const tensor of this.outputs.values()) this.kernels.release(tensor);
    this.outputs.clear();
    this.onDispose(this);
  }

  // One step -------------------------------------------------------------------------------------

  private runStep(keepOutputs: boolean): void {
    const plan = keepOutputs ? this.plans.full : this.plans.lean;
    this.context.step = this.nextStep;
    for (const item of plan.items) {
      if (item.kind === 'instruction') {
        this.compute(item.instruction);
      } else {
        this.runRepeat(item.repeat);
        for (const id of item.release) this.slots.release(id);
      }
    }
    this.metrics.take(this.nextStep);
    if (keepOutputs) this.takeOutputs();
    this.takeUpdates();
    for (const id of plan.releaseAtEnd) this.slots.release(id);
    this.nextStep++;
  }

  private compute({ work, release }: Instruction): void {
    if (work.kind === 'value') this.slots.set(work.value, lower(this.context, work.value));
    else defined(this.loops, 'compiled loops').run(work.loops, this.slots);
    for (const id of release) this.slots.release(id);
  }

  private runRepeat({ phase, instructions, releaseAtEnd }: RepeatPlan): void {
    const { kernels, slots, context } = this;
    const { carried } = phase;
    let current = carried.map(({ initial }) => kernels.retain(slots.full(initial)));
    for (let iteration = 0; iteration < phase.count; iteration++) {
      context.iteration = iteration;
      carried.forEach(({ parameter }, index) =>
        slots.set(parameter, { full: defined(current[index], 'carried tensor') }),
      );
      for (const instruction of instructions) this.compute(instruction);
      // All are taken before any is released: they may change places.
      current = carried.map(({ next }) => kernels.retain(slots.full(next)));
      for (const { parameter } of carried) slots.release(parameter.id);
      for (const id of releaseAtEnd) slots.release(id);
    }
    carried.forEach(({ result }, index) =>
      slots.set(result, { full: defined(current[index], 'carried tensor') }),
    );
  }

  private takeOutputs(): void {
    const { kernels, slots, program } = this;
    const outputs = new Map(
      [...program.outputs].map(([name, value]) => [name, kernels.retain(slots.full(value))]),
    );
    for (const tensor of this.outputs.values()) kernels.release(tensor);
    this.outputs = outputs;
  }

  private takeUpdates(): void {
    const updates = [...this.program.updates].map(
      ([name, value]) => [name, this.kernels.retain(this.slots.full(value))] as const,
    );
    this.inputs.update(updates);
  }

  private check(): void {
    invariant(!this.disposed, 'the executable has been disposed of');
    const loss = this.lossOf();
    if (loss !== null) throw new DeviceLostError(loss);
  }
}
