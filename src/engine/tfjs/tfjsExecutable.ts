import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import { elementCount, type Program, type StatePack, type Value } from '../../ir/types';
import {
  DeviceLostError,
  type Executable,
  type HostArray,
  type HostArrays,
  type MetricRows,
} from '../engine';
import { initialState } from '../initialState';
import { OutOfMemoryError } from '../outOfMemoryError';
import { reshape, type Kernels } from './kernels';
import type { LoweringContext } from './lowering';
import { lower } from './lowerings';
import { isWorthThreads } from './isWorthThreads';
import { MetricsRing } from './metricsRing';
import { packMembers, type PackMember } from './packMembers';
import { compileLoops } from './loops/compileLoops';
import { LoopRunner } from './loops/loopRunner';
import type { Instruction, RepeatPlan } from './plan';
import { planMemory, type PlanMemory } from './planMemory';
import { allLoops, planProgram, type Plans } from './planProgram';
import { Slots } from './slots';
import { yieldToEventLoop } from './yieldToEventLoop';

const RING_CAPACITY = 4096;
/** How long a run keeps the event loop waiting, in milliseconds: a frame. */
const YIELD_AFTER = 16;
/** Rows of metrics that may wait on a GPU until they are read together. */
const PENDING_ROWS = 128;

/** A program interpreted with TensorFlow.js kernels, and compiled loops where the backend's memory allows. */
export class TfjsExecutable implements Executable {
  readonly ringCapacity = RING_CAPACITY;
  private nextStep = 0;
  private disposed = false;
  private lostReason: string | null = null;
  private readonly slots: Slots;
  private readonly context: LoweringContext & { step: number; iteration: number };
  private readonly inputs = new Map<string, TensorInfo>();
  /** Arrays of the state that lie in packs. They are there only once somebody has asked since the last update. */
  private readonly members: ReadonlyMap<string, PackMember>;
  private readonly live = new Map<string, number>();
  private readonly metrics: readonly Value[];
  private readonly ring: MetricsRing;
  private pending: { readonly step: number; readonly row: readonly TensorInfo[] }[] = [];
  private outputs = new Map<string, TensorInfo>();

  /**
   * `onDispose` is called once, when the executable is disposed of. Throws an `OutOfMemoryError` for a program that the
   * backend's memory has no room for.
   */
  static async make(
    kernels: Kernels,
    program: Program,
    data: HostArrays,
    lost: Promise<string>,
    onDispose: (executable: TfjsExecutable) => void,
  ): Promise<TfjsExecutable> {
    const { loopMemory } = kernels;
    const takes = (value: Value): boolean => kernels.threads === 1 || !isWorthThreads(value);
    const fusion = loopMemory && { takes, members: packMembers(program) };
    const plans = planProgram(program, fusion);
    const all = allLoops(plans);
    const compiled =
      loopMemory && all.length > 0
        ? compileLoops(all, !(loopMemory.buffer instanceof ArrayBuffer))
        : null;
    checkMemory(kernels, planMemory(program, plans, compiled?.scratchBytes ?? 0));
    const loops = loopMemory && compiled && (await LoopRunner.make(kernels, loopMemory, compiled));
    return new TfjsExecutable(kernels, program, plans, loops, data, lost, onDispose);
  }

  private constructor(
    private readonly kernels: Kernels,
    private readonly program: Program,
    private readonly plans: Plans,
    private readonly loops: LoopRunner | null,
    data: HostArrays,
    lost: Promise<string>,
    private readonly onDispose: (executable: TfjsExecutable) => void,
  ) {
    void lost.then((reason) => (this.lostReason = reason));
    this.slots = new Slots(kernels);
    this.members = packMembers(program);
    this.context = {
      kernels,
      slots: this.slots,
      step: 0,
      iteration: 0,
      input: (role, name) => this.input(role, name),
    };
    for (const { name, shape, dtype } of program.data) {
      const values = defined(data.get(name), `data ${name}`);
      this.inputs.set(inputKey('data', name), kernels.upload(values, shape, dtype));
    }
    for (const spec of program.state) {
      const tensor = kernels.upload(initialState(spec), spec.shape, spec.dtype);
      this.inputs.set(inputKey('state', spec.name), tensor);
    }
    for (const pack of program.packs ?? []) this.joinPack(pack);
    for (const { name, initial } of program.live) this.putLive(name, initial);
    this.metrics = [...program.metrics.values()];
    this.ring = new MetricsRing([...program.metrics.keys()], RING_CAPACITY);
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
      if (this.pending.length >= PENDING_ROWS) await this.readPending();
      if (performance.now() - started > YIELD_AFTER && done < steps - 1) {
        if (!this.kernels.onHost) await this.kernels.finish();
        await yieldToEventLoop();
        // Disposed of meanwhile: what remains of the run is nobody's concern.
        if (this.disposed) return;
        this.check();
        started = performance.now();
      }
    }
    await this.readPending();
    await this.kernels.finish();
    this.check();
  }

  drainMetrics(): Promise<MetricRows> {
    return Promise.resolve(this.ring.drain());
  }

  setLive(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      const current = this.live.get(name);
      if (current !== undefined && !Object.is(current, value)) this.putLive(name, value);
    }
  }

  async readState(names?: readonly string[]): Promise<Map<string, HostArray>> {
    this.check();
    const wanted = names && new Set(names);
    const read = this.program.state
      .filter(({ name }) => !wanted || wanted.has(name))
      .map(async ({ name, dtype }) => {
        const tensor = this.context.input('state', name);
        return [name, await this.kernels.download(tensor, dtype)] as const;
      });
    return new Map(await Promise.all(read));
  }

  writeState(arrays: HostArrays, step?: number): void {
    this.check();
    for (const { name, shape, dtype } of this.program.state) {
      const values = arrays.get(name);
      if (values) this.replace('state', name, this.kernels.upload(values, shape, dtype));
    }
    for (const pack of this.program.packs ?? []) {
      if (pack.members.some((member) => arrays.has(member))) this.joinPack(pack);
    }
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
    const rows = this.pending.flatMap(({ row }) => row);
    for (const tensor of [...this.inputs.values(), ...this.outputs.values(), ...rows]) {
      this.kernels.release(tensor);
    }
    this.inputs.clear();
    this.outputs.clear();
    this.pending = [];
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
    this.takeMetrics();
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

  private takeMetrics(): void {
    if (this.metrics.length === 0) return;
    const { kernels, slots } = this;
    if (kernels.onHost) {
      this.ring.push(
        this.nextStep,
        this.metrics.map((value) => kernels.view(slots.full(value))[0] ?? NaN),
      );
    } else {
      const row = this.metrics.map((value) => kernels.retain(slots.full(value)));
      this.pending.push({ step: this.nextStep, row });
    }
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
    for (const [name, tensor] of updates) this.replace('state', name, tensor);
    for (const pack of this.program.packs ?? []) {
      if (this.program.updates.has(pack.name)) this.dropMembers(pack);
    }
  }

  /** Makes the array of a pack from its members'. */
  private joinPack(pack: StatePack): void {
    const parts = pack.members.map((member) => {
      const tensor = this.input('state', member);
      return reshape(tensor, [elementCount(tensor.shape)]);
    });
    this.replace('state', pack.name, this.kernels.run('Concat', parts, { axis: 0 }));
    this.dropMembers(pack);
  }

  private dropMembers({ members }: StatePack): void {
    for (const member of members) {
      const key = inputKey('state', member);
      const tensor = this.inputs.get(key);
      if (tensor) this.kernels.release(tensor);
      this.inputs.delete(key);
    }
  }

  /** The tensor of an input, borrowed; that of a pack's member is copied out of the pack when it is not there. */
  private input(role: string, name: string): TensorInfo {
    const key = inputKey(role, name);
    const found = this.inputs.get(key);
    if (found) return found;
    const { pack, start, shape } = defined(this.members.get(name), `${role} ${name}`);
    const whole = this.input('state', pack);
    const size = elementCount(shape);
    const part = this.kernels.run('Slice', { x: whole }, { begin: [start], size: [size] });
    const made = reshape(part, shape);
    this.inputs.set(key, made);
    return made;
  }

  /** Reads the metrics that wait on a GPU, with one copy for all of them. */
  private async readPending(): Promise<void> {
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

  // What steps share -----------------------------------------------------------------------------

  private putLive(name: string, value: number): void {
    this.live.set(name, value);
    this.replace('live', name, this.kernels.upload([value], [], 'f32'));
  }

  private replace(role: 'state' | 'live', name: string, tensor: TensorInfo): void {
    const key = inputKey(role, name);
    const old = this.inputs.get(key);
    if (old) this.kernels.release(old);
    this.inputs.set(key, tensor);
  }

  private check(): void {
    invariant(!this.disposed, 'the executable has been disposed of');
    if (this.lostReason !== null) throw new DeviceLostError(this.lostReason);
  }
}

function checkMemory({ memoryLimit }: Kernels, { peakBytes, largest }: PlanMemory): void {
  if (memoryLimit === null || peakBytes <= memoryLimit) return;
  throw new OutOfMemoryError({
    subject: 'A step of this graph takes at least',
    needs: peakBytes,
    limit: { bytes: memoryLimit, where: 'WebAssembly' },
    ...(largest === null ? {} : { nodeId: largest }),
  });
}

function inputKey(role: string, name: string): string {
  return `${role}:${name}`;
}
