import { defined, invariant } from '../../../core/invariant';
import { elementCount, type BinaryOp, type Value } from '../../../ir/types';
import { compareLoop, logicalLoop, selectLoop } from '../hostLoops';
import { operandOf, type Lowering, type LoweringContext } from '../lowering';
import type { Made } from '../slots';
import { runFlat } from './flatKernel';
import { binaryNumber } from './hostNumbers';
import { loopOperand, loopTensor, mask } from './loopOperands';

/** Kernels that broadcast at full speed everywhere. */
const ARITHMETIC = { add: 'Add', sub: 'Sub', mul: 'Multiply', div: 'RealDiv' } as const;

const BINARY: { readonly [K in BinaryOp]: string } = {
  ...ARITHMETIC,
  max: 'Maximum',
  min: 'Minimum',
  pow: 'Pow',
  and: 'LogicalAnd',
  or: 'LogicalOr',
};

/** The highest rank that all kernels broadcast; whole tensors are passed flat. */
const BROADCAST_RANK = 4;

function arithmetic(context: LoweringContext, value: Value, kernel: string): Made {
  if (value.dtype !== 'f32' || value.shape.length > BROADCAST_RANK) {
    return runFlat(context, value, kernel);
  }
  const { kernels, slots } = context;
  const a = slots.compact(operandOf(value, 0));
  const b = slots.compact(operandOf(value, 1));
  const result = kernels.run(kernel, { a, b });
  if (elementCount(result.shape) === elementCount(value.shape)) return { full: result };
  return { compact: result };
}

/** The number that a scalar constant repeats, if it is one. */
function repeatedNumber({ kernels, slots }: LoweringContext, value: Value): number | undefined {
  if (value.kind !== 'constant') return undefined;
  return defined(kernels.view(slots.compact(value))[0], 'value of a constant');
}

function extreme(context: LoweringContext, value: Value, op: 'max' | 'min'): Made {
  const { kernels } = context;
  const [left, right] = [operandOf(value, 0), operandOf(value, 1)];
  if (value.dtype === 'f32') {
    const bound = repeatedNumber(context, right) ?? repeatedNumber(context, left);
    if (bound !== undefined && Number.isFinite(bound)) {
      const x = context.slots.full(right.kind === 'constant' ? left : right);
      const attributes =
        op === 'max'
          ? { clipValueMin: bound, clipValueMax: Infinity }
          : { clipValueMin: -Infinity, clipValueMax: bound };
      return { full: kernels.run('ClipByValue', { x }, attributes) };
    }
  }
  const [a, b] = [loopTensor(context, value, 0), loopTensor(context, value, 1)];
  const chooseRight = kernels.allocate(value.shape, 'bool');
  const result = kernels.allocate(value.shape, value.dtype);
  const rightMask = mask(kernels, chooseRight);
  // "Right is no worse" rather than "left is better": a NaN on the left is kept.
  compareLoop(
    op === 'max' ? 'le' : 'ge',
    loopOperand(a, kernels.view(a)),
    loopOperand(b, kernels.view(b)),
    rightMask,
  );
  selectLoop(
    { view: rightMask, stride: 1 },
    loopOperand(b, kernels.bits(b)),
    loopOperand(a, kernels.bits(a)),
    kernels.bits(result),
  );
  kernels.release(chooseRight);
  return { full: result };
}

/** A function of two operands. */
export const binary: Lowering<'binary'> = (context, value) => {
  const { op } = value.attributes;
  const { kernels, slots } = context;
  if (value.dtype === 'i32' && value.shape.length === 0) {
    const a = slots.hostNumber(operandOf(value, 0));
    const b = slots.hostNumber(operandOf(value, 1));
    if (a !== null && b !== null) return { number: binaryNumber(op, a, b) };
  }
  if (op in ARITHMETIC) return arithmetic(context, value, BINARY[op]);
  if (!kernels.onHost || op === 'pow') return runFlat(context, value, BINARY[op]);
  if (op === 'max' || op === 'min') return extreme(context, value, op);
  invariant(op === 'and' || op === 'or', `${op} has a rule`);
  const [a, b] = [loopTensor(context, value, 0), loopTensor(context, value, 1)];
  const result = kernels.allocate(value.shape, 'bool');
  logicalLoop(
    op,
    loopOperand(a, mask(kernels, a)),
    loopOperand(b, mask(kernels, b)),
    mask(kernels, result),
  );
  return { full: result };
};
