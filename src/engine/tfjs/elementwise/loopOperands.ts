import type { TensorInfo } from '@tensorflow/tfjs-core';
import { invariant } from '../../../core/invariant';
import { elementCount, type Value } from '../../../ir/types';
import type { HostView } from '../hostLoops';
import type { Kernels } from '../kernels';
import { operandOf, type LoweringContext } from '../lowering';

/** What a loop on the host steps through: one number again and again, or all elements. */
interface LoopOperand<View> {
  readonly view: View;
  readonly stride: 0 | 1;
}

/** Operand for a loop: one number where the value repeats everywhere, else all elements. */
export function loopTensor({ slots }: LoweringContext, value: Value, index: number): TensorInfo {
  const operand = operandOf(value, index);
  const compact = slots.compact(operand);
  return elementCount(compact.shape) === 1 ? compact : slots.full(operand);
}

/** A view of a tensor as a loop takes it. */
export function loopOperand<View extends HostView>(
  tensor: TensorInfo,
  view: View,
): LoopOperand<View> {
  return { view, stride: elementCount(tensor.shape) === 1 ? 0 : 1 };
}

/** The bytes of a mask. */
export function mask(kernels: Kernels, tensor: TensorInfo): Uint8Array {
  const view = kernels.view(tensor);
  invariant(view instanceof Uint8Array, 'a mask is kept as bytes');
  return view;
}
