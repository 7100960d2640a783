import { elementCount, type Comparison } from '../../ir/types';
import { binary } from './elementwise/binary';
import { castTensor } from './elementwise/castTensor';
import { runFlat } from './elementwise/flatKernel';
import { loopOperand, loopTensor, mask } from './elementwise/loopOperands';
import { unary } from './elementwise/unary';
import { compareLoop, selectLoop } from './hostLoops';
import { reshape } from './kernels';
import { fullOperand, operandOf, type LoweringTable } from './lowering';

const COMPARISONS: { readonly [K in Comparison]: string } = {
  lt: 'Less',
  le: 'LessEqual',
  gt: 'Greater',
  ge: 'GreaterEqual',
  eq: 'Equal',
  ne: 'NotEqual',
};

export const elementwiseLowerings: LoweringTable<
  'unary' | 'binary' | 'compare' | 'select' | 'cast' | 'stopGradient'
> = {
  unary,
  binary,
  compare: (context, value) => {
    const { kernels } = context;
    if (!kernels.onHost) return runFlat(context, value, COMPARISONS[value.attributes.op]);
    const [a, b] = [loopTensor(context, value, 0), loopTensor(context, value, 1)];
    const result = kernels.allocate(value.shape, 'bool');
    compareLoop(
      value.attributes.op,
      loopOperand(a, kernels.view(a)),
      loopOperand(b, kernels.view(b)),
      mask(kernels, result),
    );
    return { full: result };
  },
  select: (context, value) => {
    const { kernels } = context;
    if (!kernels.onHost) {
      const [condition, t, e] = [0, 1, 2].map((index) =>
        reshape(fullOperand(context, value, index), [elementCount(value.shape)]),
      );
      return { full: reshape(kernels.run('Select', { condition, t, e }), value.shape) };
    }
    const [condition, then, otherwise] = [
      loopTensor(context, value, 0),
      loopTensor(context, value, 1),
      loopTensor(context, value, 2),
    ];
    const result = kernels.allocate(value.shape, value.dtype);
    selectLoop(
      loopOperand(condition, mask(kernels, condition)),
      loopOperand(then, kernels.bits(then)),
      loopOperand(otherwise, kernels.bits(otherwise)),
      kernels.bits(result),
    );
    return { full: result };
  },
  cast: (context, value) => {
    const operand = operandOf(value, 0);
    return { full: castTensor(context, context.slots.full(operand), operand.dtype, value) };
  },
  stopGradient: (context, value) => ({
    full: context.kernels.retain(fullOperand(context, value, 0)),
  }),
};
