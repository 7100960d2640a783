import type { AnyValue, OpKind } from '../../ir/types';

/**
 * How an op becomes code.
 * - `source`: it is somewhere already: an input, a loop counter, a carried value.
 * - `constant`: written into the code that uses it.
 * - `inline`: an expression of its operands at some index, so it can be computed where it is used.
 * - `kernel`: always a kernel of its own.
 */
const FORMS = {
  input: 'source',
  constant: 'constant',
  literal: 'source',
  iota: 'inline',
  random: 'inline',
  sampleRows: 'kernel',
  iteration: 'source',
  carried: 'source',
  repeatResult: 'source',
  unary: 'inline',
  binary: 'inline',
  compare: 'inline',
  select: 'inline',
  cast: 'inline',
  stopGradient: 'inline',
  reshape: 'inline',
  transpose: 'inline',
  broadcast: 'inline',
  slice: 'inline',
  pad: 'inline',
  concat: 'inline',
  reduce: 'kernel',
  argReduce: 'kernel',
  dot: 'kernel',
  conv2d: 'kernel',
  conv2dInputGradient: 'kernel',
  conv2dFilterGradient: 'kernel',
  gather: 'inline',
  scatterAdd: 'kernel',
} as const satisfies Record<OpKind, 'source' | 'constant' | 'inline' | 'kernel'>;

type Forms = typeof FORMS;
export type OpForm = Forms[OpKind];
type KindsOf<F extends OpForm> = { [K in OpKind]: Forms[K] extends F ? K : never }[OpKind];

export type InlineKind = KindsOf<'inline'>;

export function formOf(kind: OpKind): OpForm {
  return FORMS[kind];
}

export type InlineValue = Extract<AnyValue, { kind: InlineKind }>;

export function isInlineValue(value: AnyValue): value is InlineValue {
  return FORMS[value.kind] === 'inline';
}

export type KernelValue = Extract<AnyValue, { kind: KindsOf<'kernel'> }>;

export function isKernelValue(value: AnyValue): value is KernelValue {
  return FORMS[value.kind] === 'kernel';
}
