import { defined, invariant } from '../../core/invariant';
import {
  ELEMENT_BYTES,
  whole,
  type Plan,
  type Ref,
  type Storage,
  type StoragePlace,
} from '../../codegen/plan';
import type { Program } from '../../ir/types';
import type { HostArray, HostArrays } from '../engine';
import { initialState } from '../initialState';
import { OutOfMemoryError } from '../outOfMemoryError';
import type { GpuContext } from './gpuContext';
import { BUFFER_COPY_DST, BUFFER_COPY_SRC, BUFFER_STORAGE } from './gpuFlags';
import type { PipelineCache } from './pipelineCache';
import type { GpuRange } from './stagingPool';

interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: readonly [number, number];
}

interface DispatchSection {
  readonly count: number;
  readonly dispatches: readonly Dispatch[];
}

/** A plan on a device: all its buffers, pipelines and bind groups, made once. */
export class GpuProgram {
  private constructor(
    private readonly context: GpuContext,
    readonly plan: Plan,
    private readonly buffers: readonly GPUBuffer[],
    private readonly sections: readonly DispatchSection[],
  ) {}

  /**
   * Makes everything the plan needs and fills it: data, initial state, literals, live scalars.
   * Throws an `OutOfMemoryError` when the memory does not suffice, and names the kernel that does not compile.
   */
  static async create(
    context: GpuContext,
    pipelines: PipelineCache,
    plan: Plan,
    program: Program,
    data: HostArrays,
  ): Promise<GpuProgram> {
    const { device } = context;
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const usage = BUFFER_STORAGE | BUFFER_COPY_SRC | BUFFER_COPY_DST;
    const buffers = plan.buffers.map(({ label, byteLength }) =>
      context.createBuffer(label, byteLength, usage),
    );
    const [memoryFault, bufferFault] = await Promise.all([
      context.wait(device.popErrorScope()),
      context.wait(device.popErrorScope()),
    ]);
    if (memoryFault) {
      buffers.forEach((buffer) => buffer.destroy());
      throw outOfMemory(plan);
    }
    throwFault(bufferFault);

    const compiled = await Promise.all(
      plan.sections.map(({ kernels }) =>
        Promise.all(kernels.map((kernel) => pipelines.get(kernel))),
      ),
    );
    device.pushErrorScope('validation');
    const sections = plan.sections.map(({ count, kernels }, section) => ({
      count,
      dispatches: kernels.map(({ name, bindings, workgroups }, place): Dispatch => {
        const { pipeline, layout } = defined(compiled[section]?.[place], 'pipeline');
        context.stats.bindGroupsCreated++;
        const bindGroup = device.createBindGroup({
          label: name,
          layout,
          entries: bindings.map(({ buffer }, binding) => ({
            binding,
            resource: { buffer: defined(buffers[buffer], 'buffer') },
          })),
        });
        return { pipeline, bindGroup, workgroups };
      }),
    }));
    throwFault(await context.wait(device.popErrorScope()));
    const made = new GpuProgram(context, plan, buffers, sections);
    made.fill(program, data);
    return made;
  }

  /** Adds one step to a pass. */
  encodeStep(pass: GPUComputePassEncoder): void {
    let current: GPUComputePipeline | null = null;
    for (const { count, dispatches } of this.sections) {
      for (let iteration = 0; iteration < count; iteration++) {
        for (const { pipeline, bindGroup, workgroups } of dispatches) {
          if (pipeline !== current) pass.setPipeline(pipeline);
          current = pipeline;
          pass.setBindGroup(0, bindGroup);
          pass.dispatchWorkgroups(workgroups[0], workgroups[1]);
        }
      }
      this.context.stats.dispatches += count * dispatches.length;
    }
  }

  /** `length` elements of a place, from element `start` on. */
  range({ storage, offset }: Ref, start: number, length: number): GpuRange {
    const place = this.place(storage);
    return {
      buffer: defined(this.buffers[place.buffer], 'buffer'),
      offset: (place.offset + offset + start) * ELEMENT_BYTES,
      byteLength: length * ELEMENT_BYTES,
    };
  }

  /** Puts host numbers into a place. */
  write(ref: Ref, values: HostArray): void {
    const { buffer, offset } = this.range(ref, 0, values.length);
    this.context.write(buffer, offset, stored(values, ref.storage));
  }

  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }

  private place({ id, name }: Storage): StoragePlace {
    return defined(this.plan.placeOf.get(id), `place of ${name}`);
  }

  private fill(program: Program, data: HostArrays): void {
    const { plan } = this;
    for (const [name, ref] of plan.data) {
      const array = defined(data.get(name), `data ${name}`);
      invariant(array.length === ref.length, `data ${name} has the length of its shape`);
      this.write(ref, array);
    }
    for (const spec of program.state) {
      this.write(defined(plan.state.get(spec.name), `state ${spec.name}`).ref, initialState(spec));
    }
    for (const { name, initial } of program.live) {
      this.write(defined(plan.live.get(name), `live ${name}`), Float32Array.of(initial));
    }
    for (const { storages } of plan.buffers) {
      for (const storage of storages) {
        if (!storage.contents) continue;
        const { contents, length } = storage;
        const values =
          'values' in contents
            ? Float64Array.from(contents.values)
            : new Float64Array(length).fill(contents.fill);
        this.write(whole(storage), values);
      }
    }
  }
}

/** As it lies in memory: f32 as such; i32 and masks as 32-bit integers. */
function stored(values: HostArray, { dtype }: Storage): Float32Array | Int32Array {
  switch (dtype) {
    case 'f32':
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case 'i32':
      return values instanceof Int32Array ? values : Int32Array.from(values);
    case 'bool':
      return Int32Array.from(values, (value) => (value !== 0 ? 1 : 0));
  }
}

function throwFault(fault: GPUError | null): void {
  if (fault) throw new Error(`The GPU refused a plan: ${fault.message}`);
}

function outOfMemory({ buffers }: Plan): OutOfMemoryError {
  return new OutOfMemoryError({
    subject: 'The memory of the GPU does not suffice: the graph takes',
    needs: buffers.reduce((sum, { byteLength }) => sum + byteLength, 0),
    limit: null,
  });
}
