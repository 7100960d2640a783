import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../../core/invariant';
import type { Kernels } from '../kernels';
import type { Slots } from '../slots';
import type { CompiledLoops } from './compileLoops';
import type { Loops } from './steps';

type Run = (table: number) => void;

/** Runs the loops of a program on tensors in the slots. It owns the tensors that the functions work with. */
export class LoopRunner {
  private constructor(
    private readonly kernels: Kernels,
    private readonly memory: WebAssembly.Memory,
    private readonly functions: ReadonlyMap<Loops, Run>,
    private readonly table: TensorInfo,
    private readonly scratch: TensorInfo,
  ) {}

  static async make(
    kernels: Kernels,
    memory: WebAssembly.Memory,
    compiled: CompiledLoops,
  ): Promise<LoopRunner> {
    const { instance } = await WebAssembly.instantiate(compiled.module, { env: { memory } });
    const functions = new Map(
      [...compiled.names].map(([loops, name]) => [loops, instance.exports[name] as Run]),
    );
    const table = kernels.allocate([compiled.tableLength], 'i32');
    const scratch = kernels.allocate([Math.max(1, compiled.scratchBytes / 4)], 'i32');
    return new LoopRunner(kernels, memory, functions, table, scratch);
  }

  /** Computes what the loops write, from what they read, and puts it into the slots. */
  run(loops: Loops, slots: Slots): void {
    const { kernels } = this;
    const made = loops.writes.map((value) => kernels.allocate(value.shape, value.dtype));
    const addresses = [kernels.address(this.scratch)];
    for (const value of loops.reads) addresses.push(kernels.address(slots.full(value)));
    for (const tensor of made) addresses.push(kernels.address(tensor));
    const start = kernels.address(this.table);
    // The memory may have grown: a view is made when nothing more is allocated.
    new Uint32Array(this.memory.buffer, start, addresses.length).set(addresses);
    defined(this.functions.get(loops), 'function of loops')(start);
    loops.writes.forEach((value, index) =>
      slots.set(value, { full: defined(made[index], 'tensor of a value') }),
    );
  }

  dispose(): void {
    this.kernels.release(this.table);
    this.kernels.release(this.scratch);
  }
}
