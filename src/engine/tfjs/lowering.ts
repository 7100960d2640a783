import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined } from '../../core/invariant';
import type { InputRole, OpKind, Value } from '../../ir/types';
import type { Kernels } from './kernels';
import type { Made, Slots } from './slots';

/** What an op may use while a step runs. */
export interface LoweringContext {
  readonly kernels: Kernels;
  readonly slots: Slots;
  /** The number of the step, and inside a repeat that of the iteration. */
  readonly step: number;
  readonly iteration: number;
  /** The tensor of an input, borrowed. */
  readonly input: (role: Exclude<InputRole, 'step'>, name: string) => TensorInfo;
}

/** Computes a value from its operands, which are in the slots. What it returns is owned by the caller. */
export type Lowering<K extends OpKind> = (context: LoweringContext, value: Value<K>) => Made;

export type LoweringTable<K extends OpKind> = { readonly [P in K]: Lowering<P> };

export function operandOf(value: Value, index: number): Value {
  return defined(value.operands[index], `operand ${index} of %${value.id}`);
}

/** Operand `index` with all of its elements; borrowed. */
export function fullOperand({ slots }: LoweringContext, value: Value, index: number): TensorInfo {
  return slots.full(operandOf(value, index));
}
