import { defined } from '../../core/invariant';
import { elementCount, type Value } from '../../ir/types';
import { whole, type Ref } from '../plan';
import {
  accumulationChunks,
  accumulator,
  combineParts,
  writeAccumulation,
  writePartialAccumulation,
  type Accumulation,
} from '../wgsl/kernels/accumulate';
import { writeArgReduction } from '../wgsl/kernels/argReduction';
import type { LoweredKernel } from './loweredKernel';
import type { LoweringContext } from './loweringContext';
import { splitUntilItFits } from './splitExpression';

/** One kernel, or for long sums two: of parts, and of what these combine to. */
export function lowerAccumulation(
  context: LoweringContext,
  value: Value,
  accumulation: Accumulation,
): LoweredKernel[] {
  const { cooperative } = context.target;
  const before = splitUntilItFits(context, value, (w) => void accumulation.term(w, 'i', 'r'));
  const target = context.place(value);
  const chunks = accumulationChunks(accumulation, cooperative);
  if (chunks === 1) {
    return [...before, accumulationKernel(context, value, accumulation, target)];
  }
  const { outputs, terms } = accumulation;
  const length = outputs * chunks;
  const name = `%${value.id}.parts`;
  const parts = whole(context.places.create('temporary', name, value.dtype, length));
  const each = { outputs: length, terms: Math.ceil(terms / chunks) };
  const by = accumulator(each, cooperative);
  return [
    ...before,
    context.kernel('accumulate', value, `${context.label(value)}.parts`, {
      kind: 'reduction',
      outputs: length,
      by,
      innerLoop: null,
      body: (w) => writePartialAccumulation(w, accumulation, chunks, by, parts),
    }),
    accumulationKernel(context, value, combineParts(accumulation, chunks, parts), target),
  ];
}

/** The kernel of an accumulation, each output whole. */
export function accumulationKernel(
  context: LoweringContext,
  value: Value,
  accumulation: Accumulation,
  target: () => Ref,
): LoweredKernel {
  const { outputs, innerLoop } = accumulation;
  const by = accumulator(accumulation, context.target.cooperative);
  return context.kernel('accumulate', value, context.label(value), {
    kind: 'reduction',
    outputs,
    by,
    innerLoop,
    body: (w) => writeAccumulation(w, accumulation, by, target()),
  });
}

export function lowerArgReduction(
  context: LoweringContext,
  value: Value<'argReduce'>,
): LoweredKernel[] {
  const from = defined(value.operands[0], 'operand');
  const before = splitUntilItFits(context, value, (w) => void w.emit(from, 'i'));
  const target = context.place(value);
  const own = context.kernel('accumulate', value, context.label(value), {
    kind: 'reduction',
    outputs: elementCount(value.shape),
    by: 'thread',
    innerLoop: null,
    body: (w) => writeArgReduction(w, value, target()),
  });
  return [...before, own];
}
