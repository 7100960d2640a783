import type { GpuContext } from './gpuContext';
import { BUFFER_COPY_DST, BUFFER_MAP_READ, MAP_READ } from './gpuFlags';

/** A range of a GPU buffer, in bytes. */
export interface GpuRange {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly byteLength: number;
}

/** Buffers that the host can read. They are made once and used again and again. */
export class StagingPool {
  private readonly free: GPUBuffer[] = [];

  constructor(private readonly context: GpuContext) {}

  /** Makes a buffer before it is needed. */
  prepare(byteLength: number): void {
    this.free.push(this.create(byteLength));
  }

  /** Copies ranges off the GPU, as one transfer; the results are the ranges' bytes in their order. */
  async read(ranges: readonly GpuRange[]): Promise<ArrayBuffer[]> {
    const { device } = this.context;
    const total = ranges.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (total === 0) return ranges.map(() => new ArrayBuffer(0));
    const staging = this.take(total);
    const encoder = device.createCommandEncoder({ label: 'read back' });
    let at = 0;
    for (const { buffer, offset, byteLength } of ranges) {
      encoder.copyBufferToBuffer(buffer, offset, staging, at, byteLength);
      at += byteLength;
    }
    this.context.submit(encoder);
    await this.context.wait(staging.mapAsync(MAP_READ, 0, total));
    const bytes = staging.getMappedRange(0, total);
    let from = 0;
    const results = ranges.map(({ byteLength }) => {
      const part = bytes.slice(from, from + byteLength);
      from += byteLength;
      return part;
    });
    staging.unmap();
    this.free.push(staging);
    return results;
  }

  dispose(): void {
    for (const buffer of this.free) buffer.destroy();
    this.free.length = 0;
  }

  private take(byteLength: number): GPUBuffer {
    const fitting = this.free.findIndex(({ size }) => size >= byteLength);
    const [buffer] = fitting < 0 ? [] : this.free.splice(fitting, 1);
    return buffer ?? this.create(byteLength);
  }

  private create(byteLength: number): GPUBuffer {
    // Powers of two, so that slightly larger requests find a buffer too.
    const size = 2 ** Math.ceil(Math.log2(Math.max(byteLength, 256)));
    return this.context.createBuffer('staging', size, BUFFER_MAP_READ | BUFFER_COPY_DST);
  }
}
