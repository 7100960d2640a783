import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import type { Value } from '../../ir/types';
import { broadcastTensor } from './broadcastTensor';
import type { Kernels } from './kernels';

/**
 * How a value is held. `compact` is a tensor of the same rank with extent 1 on the axes along which it
 * repeats: constants and broadcasts stay that small until somebody needs every element.
 */
export type Made =
  | { readonly full: TensorInfo }
  | { readonly compact: TensorInfo }
  /** An i32 scalar known to the host, such as the step. */
  | { readonly number: number };

interface Slot {
  full: TensorInfo | null;
  compact: TensorInfo | null;
  number: number | null;
}

/** The values of a program that are there at the moment, by their ids. A slot owns what it holds. */
export class Slots {
  private readonly slots = new Map<number, Slot>();

  constructor(private readonly kernels: Kernels) {}

  set(value: Value, made: Made): void {
    invariant(!this.slots.has(value.id), `value %${value.id} is set twice`);
    this.slots.set(value.id, { full: null, compact: null, number: null, ...made });
  }

  /** Every element; borrowed. */
  full(value: Value): TensorInfo {
    const slot = this.slot(value);
    if (slot.full) return slot.full;
    if (slot.number !== null) {
      slot.full = this.kernels.write(Int32Array.of(slot.number), [], 'i32');
    } else {
      const compact = defined(slot.compact, `value %${value.id}`);
      slot.full = broadcastTensor(this.kernels, compact, value.shape, value.dtype);
    }
    return slot.full;
  }

  /** In the smallest form that there is, with the value's rank; borrowed. */
  compact(value: Value): TensorInfo {
    return this.slot(value).compact ?? this.full(value);
  }

  /** The number of an i32 scalar; undefined when only the device knows it. */
  number(value: Value): number | undefined {
    const { number } = this.slot(value);
    if (number !== null) return number;
    return this.kernels.onHost ? this.kernels.view(this.full(value))[0] : undefined;
  }

  /** The number of an i32 scalar that is made of the step, the iteration and constants; else null. */
  hostNumber(value: Value): number | null {
    return this.slot(value).number;
  }

  release(id: number): void {
    const slot = defined(this.slots.get(id), `value %${id}`);
    this.slots.delete(id);
    if (slot.full) this.kernels.release(slot.full);
    if (slot.compact) this.kernels.release(slot.compact);
  }

  releaseAll(): void {
    for (const id of [...this.slots.keys()]) this.release(id);
  }

  private slot(value: Value): Slot {
    return defined(this.slots.get(value.id), `value %${value.id}`);
  }
}
