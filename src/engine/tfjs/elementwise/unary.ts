import type { TensorInfo } from '@tensorflow/tfjs-core';
import { invariant } from '../../../core/invariant';
import { elementCount, type UnaryOp } from '../../../ir/types';
import { tanhLoop } from '../hostLoops';
import { reshape, type Kernels } from '../kernels';
import { operandOf, type Lowering } from '../lowering';
import { unaryNumber } from './hostNumbers';

/** The name of a kernel, or how several make the function. */
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

/** A function of one operand, on a flat tensor, in the smallest form that the operand has. */
export const unary: Lowering<'unary'> = (context, value) => {
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
};
