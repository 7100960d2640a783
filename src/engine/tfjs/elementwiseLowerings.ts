import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defined, invariant } from '../../core/invariant';
import {
  elementCount,
  type BinaryOp,
  type Comparison,
  type DType,
  type UnaryOp,
  type Value,
} from '../../ir/types';
import { compareLoop, logicalLoop, selectLoop, tanhLoop, type HostView } from './hostLoops';
import { reshape, type Kernels } from './kernels';
import { fullOperand, operandOf, type LoweringContext, type LoweringTable } from './lowering';
import type { Made } from './slots';

type UnaryRule = string | ((kernels: Kernels, x: TensorInfo) => TensorInfo);

const UNARY: { readonly [K in UnaryOp]: UnaryRule } = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  floor: 'Floor',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  sin: 'Sin',
  cos: 'Cos',
  tanh,
  sigmoid: 'Sigmoid',
  softplus,
  erf: 'Erf',
  not: 'LogicalNot',
  isFinite: 'IsFinite',
};

/**
 * log(1 + eˣ) = max(x, 0) + log1p(e^−|x|), which neither overflows nor cancels. TensorFlow's own Softplus
 * is log(1 + eˣ) as written within ±14, and more than twice as slow on wasm.
 */
function softplus(kernels: Kernels, x: TensorInfo): TensorInfo {
  const step = (kernel: string, input: TensorInfo): TensorInfo =>
    kernels.consume(input, (operand) => kernels.run(kernel, { x: operand }));
  const tail = step('Log1p', step('Exp', step('Neg', kernels.run('Abs', { x }))));
  return kernels.consume(tail, (a) =>
    kernels.consume(kernels.run('Relu', { x }), (b) => kernels.run('Add', { a, b })),
  );
}

function tanh(kernels: Kernels, x: TensorInfo): TensorInfo {
  if (!kernels.onHost) return kernels.run('Tanh', { x });
  const result = kernels.allocate(x.shape, 'f32');
  const [source, target] = [kernels.view(x), kernels.view(result)];
  invariant(source instanceof Float32Array && target instanceof Float32Array, 'tanh takes f32');
  tanhLoop(source, target);
  return result;
}

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

const COMPARISONS: { readonly [K in Comparison]: string } = {
  lt: 'Less',
  le: 'LessEqual',
  gt: 'Greater',
  ge: 'GreaterEqual',
  eq: 'Equal',
  ne: 'NotEqual',
};

/** The highest rank that all kernels broadcast; whole tensors are passed flat. */
const BROADCAST_RANK = 4;

interface LoopOperand<View> {
  readonly view: View;
  readonly stride: 0 | 1;
}

/** Operand for a loop: one number where the value repeats everywhere, else all elements. */
function loopTensor({ slots }: LoweringContext, value: Value, index: number): TensorInfo {
  const operand = operandOf(value, index);
  const compact = slots.compact(operand);
  return elementCount(compact.shape) === 1 ? compact : slots.full(operand);
}

function loopOperand<View extends HostView>(tensor: TensorInfo, view: View): LoopOperand<View> {
  return { view, stride: elementCount(tensor.shape) === 1 ? 0 : 1 };
}

function mask(kernels: Kernels, tensor: TensorInfo): Uint8Array {
  const view = kernels.view(tensor);
  invariant(view instanceof Uint8Array, 'a mask is kept as bytes');
  return view;
}

/** Runs an elementwise kernel on flat tensors and gives the result the value's shape. */
function runFlat(context: LoweringContext, value: Value, kernel: string): Made {
  const [a, b] = [0, 1].map((index) => {
    const tensor = fullOperand(context, value, index);
    return reshape(tensor, [elementCount(value.shape)]);
  });
  return { full: reshape(context.kernels.run(kernel, { a, b }), value.shape) };
}

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

function cast(context: LoweringContext, x: TensorInfo, from: DType, value: Value): TensorInfo {
  const { kernels } = context;
  if (from === value.dtype) return kernels.reshaped(x, value.shape);
  if (kernels.onHost) {
    const result = kernels.allocate(value.shape, value.dtype);
    if (value.dtype === 'bool') {
      const zero = { view: Int32Array.of(0), stride: 0 } as const;
      compareLoop('ne', { view: kernels.view(x), stride: 1 }, zero, mask(kernels, result));
    } else {
      // Typed arrays convert by truncation, as the IR wants.
      kernels.view(result).set(kernels.view(x));
    }
    return result;
  }
  return kernels.run(
    'Cast',
    { x },
    { dtype: { f32: 'float32', i32: 'int32', bool: 'bool' }[value.dtype] },
  );
}

export const elementwiseLowerings: LoweringTable<
  'unary' | 'binary' | 'compare' | 'select' | 'cast' | 'stopGradient'
> = {
  unary: (context, value) => {
    const { kernels, slots } = context;
    const operand = operandOf(value, 0);
    // What is known to the host stays there.
    const number =
      value.dtype === 'i32' && value.shape.length === 0 ? slots.hostNumber(operand) : null;
    if (number !== null) return { number: unaryNumber(value.attributes.op, number) };
    const x = slots.compact(operand);
    const flat = reshape(x, [elementCount(x.shape)]);
    const rule = UNARY[value.attributes.op];
    const result = typeof rule === 'string' ? kernels.run(rule, { x: flat }) : rule(kernels, flat);
    return elementCount(x.shape) === elementCount(value.shape)
      ? { full: reshape(result, value.shape) }
      : { compact: reshape(result, x.shape) };
  },
  binary: (context, value) => {
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
  },
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
    return { full: cast(context, context.slots.full(operand), operand.dtype, value) };
  },
  stopGradient: (context, value) => ({
    full: context.kernels.retain(fullOperand(context, value, 0)),
  }),
};

/** i32 arithmetic of the host, wrapping around as on the devices. */
function binaryNumber(op: BinaryOp, a: number, b: number): number {
  switch (op) {
    case 'add':
      return (a + b) | 0;
    case 'sub':
      return (a - b) | 0;
    case 'mul':
      return Math.imul(a, b);
    case 'max':
      return Math.max(a, b);
    case 'min':
      return Math.min(a, b);
    case 'div':
    case 'pow':
    case 'and':
    case 'or':
      throw new Error(`Invariant broken: ${op} does not take i32`);
  }
}

function unaryNumber(op: UnaryOp, x: number): number {
  switch (op) {
    case 'neg':
      return -x | 0;
    case 'abs':
      return Math.abs(x) | 0;
    case 'sign':
      return Math.sign(x);
    default:
      throw new Error(`Invariant broken: ${op} does not take i32`);
  }
}
