import { NoAnswerError, withDeadline } from '../../core/watch/withDeadline';
import { DeviceLostError } from '../engine';
import { OutOfMemoryError } from '../outOfMemoryError';

/** How often the GPU was given something, since the device was made. For tests and the kernels panel. */
export interface GpuStats {
  buffersCreated: number;
  bindGroupsCreated: number;
  pipelinesCreated: number;
  writes: number;
  submits: number;
  dispatches: number;
}

/** How long an error that looks like a loss may come before the loss is reported, in milliseconds. */
const LOSS_GRACE = 200;

/**
 * How long one answer of the device is waited for, in milliseconds. A browser ends a GPU process that hangs after some ten seconds; a software
 * adapter may compute as long and longer.
 */
const ANSWER_MS = 60_000;

/** What an error that no scope has caught means for the calls that come after it. */
function faultOf(error: GPUError): Error {
  // By name: Node has no such global.
  return error.constructor.name === 'GPUOutOfMemoryError'
    ? new OutOfMemoryError({ subject: 'The memory of the GPU is full', needs: null, limit: null })
    : new Error(`The GPU refused a call: ${error.message}`);
}

/** A device with its counters, its losses and its errors. */
export class GpuContext {
  readonly stats: GpuStats = {
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
    writes: 0,
    submits: 0,
    dispatches: 0,
  };
  /** Resolves with the reason when the device is lost other than by `dispose`. */
  readonly lost: Promise<string>;
  private lostReason: string | null = null;
  private loseFor: (reason: string) => void = () => undefined;
  private disposed = false;
  private fault: Error | null = null;
  /** Rejections of the calls that wait for the device. */
  private readonly waiting = new Set<(error: Error) => void>();

  /** `gpu` is kept with the device: Node's implementation ends, with all its devices, when it is collected. */
  constructor(
    readonly device: GPUDevice,
    readonly gpu: GPU,
  ) {
    this.lost = new Promise((resolve) => {
      this.loseFor = (reason) => {
        if (this.disposed || this.lostReason !== null) return;
        this.lostReason = reason;
        resolve(reason);
        for (const reject of this.waiting) reject(new DeviceLostError(reason));
      };
      void device.lost.then(({ message, reason }) => this.loseFor(message || reason));
    });
    device.onuncapturederror = ({ error }) => (this.fault ??= faultOf(error));
  }

  /** Throws when the device has gone, or when an earlier call turned out to be invalid. */
  check(): void {
    if (this.lostReason !== null) throw new DeviceLostError(this.lostReason);
    if (this.disposed) throw new Error('The engine was disposed of.');
    if (this.fault !== null) throw this.fault;
  }

  /** Waits for the device; rejects with `DeviceLostError` as soon as it is lost, or has not answered for so long that it will not. */
  wait<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.add(reject);
      const settle = (finish: () => void): void => {
        this.waiting.delete(reject);
        finish();
      };
      withDeadline(work, ANSWER_MS, 'it').then(
        (value) =>
          settle(() => {
            if (this.lostReason === null) resolve(value);
            else reject(new DeviceLostError(this.lostReason));
          }),
        (error: Error) => {
          if (error instanceof NoAnswerError) {
            this.loseFor(error.message);
            this.device.destroy();
          }
          // A lost device makes calls fail before it says that it is lost: give it time to say so.
          setTimeout(() => settle(() => reject(error)), LOSS_GRACE);
        },
      );
    });
  }

  createBuffer(label: string, size: number, usage: number): GPUBuffer {
    this.stats.buffersCreated++;
    return this.device.createBuffer({ label, size, usage });
  }

  write(buffer: GPUBuffer, offset: number, values: Float32Array | Int32Array): void {
    this.stats.writes++;
    const { buffer: bytes, byteOffset, byteLength } = values;
    this.device.queue.writeBuffer(buffer, offset, bytes, byteOffset, byteLength);
  }

  submit(encoder: GPUCommandEncoder): void {
    this.stats.submits++;
    this.device.queue.submit([encoder.finish()]);
  }

  /** Loses the device on purpose: for tests, and for people who want to see the recovery. */
  lose(): void {
    this.device.destroy();
  }

  dispose(): void {
    this.disposed = true;
    this.device.destroy();
  }
}
