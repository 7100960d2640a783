import type { Word2 } from '../core/threefry';

/** Element types. `bool` is a mask: 0 or 1. `i32` is for indices. */
export type DType = 'f32' | 'i32' | 'bool';

/** Static shape, row-major; `[]` is a scalar. */
export type Shape = readonly number[];

export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'erf'
  | 'not'
  | 'isFinite';

export type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min' | 'pow' | 'and' | 'or';

export type Comparison = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

export type ReduceKind = 'sum' | 'max' | 'min';

/** Where a program's input comes from. */
export type InputRole =
  /** A resident array that never changes during a run: a data set. */
  | 'data'
  /** Weights, optimizer slots, running statistics: read at the start of a step, written at its end. */
  | 'state'
  /** A scalar that the user may change while training. */
  | 'live'
  /** The number of the step, an i32 scalar kept by the engine. */
  | 'step';

/** Geometry of a 2-D convolution: NHWC values, HWIO filters. */
export interface ConvAttributes {
  readonly strides: readonly [number, number];
  /** [[top, bottom], [left, right]]. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

/**
 * The closed op set. Each entry is the op's attributes; the operand counts, result types and
 * meanings are in `inferValue.ts`. A pass over the IR is an exhaustive table over these keys.
 */
export interface OpAttributes {
  // Sources
  input: { readonly role: InputRole; readonly name: string };
  /** All elements equal to `value` (finite or ±Infinity). */
  constant: { readonly value: number };
  /** A small literal array in row-major order (quadrature nodes, targets). */
  literal: { readonly values: readonly number[] };
  /** Index along `axis`, i32. */
  iota: { readonly axis: number };
  /** Uniform in [0,1) with 24 bits: `uniformAt(key, counter, flat index)`. Operand: the i32 counter scalar. */
  random: { readonly key: Word2 };
  /** Row numbers of a batch drawn by `sampleRow(key, step, B, count, i)`. Operand: the i32 step. Result i32[B]. */
  sampleRows: { readonly key: Word2; readonly count: number };
  /** Inside a repeat: the iteration number (i32 scalar). */
  iteration: { readonly repeat: number };
  /** Inside a repeat: carried value number `index` at the start of an iteration. */
  carried: { readonly repeat: number; readonly index: number };
  /** After a repeat: carried value number `index` at its end. */
  repeatResult: { readonly repeat: number; readonly index: number };
  // Elementwise
  unary: { readonly op: UnaryOp };
  binary: { readonly op: BinaryOp };
  compare: { readonly op: Comparison };
  /** Operands: bool condition, then, else. */
  select: Record<never, never>;
  cast: { readonly to: DType };
  /** Identity with zero gradient. */
  stopGradient: Record<never, never>;
  // Views
  reshape: Record<never, never>;
  /** Result axis i is operand axis `permutation[i]`. */
  transpose: { readonly permutation: readonly number[] };
  /** Operand axis i becomes result axis `axes[i]`; operand extent is equal to the result's, or 1. */
  broadcast: { readonly axes: readonly number[] };
  slice: { readonly start: readonly number[]; readonly end: readonly number[] };
  pad: {
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly value: number;
  };
  concat: { readonly axis: number };
  // Reductions; the axes are removed
  reduce: { readonly kind: ReduceKind; readonly axes: readonly number[] };
  /** Index of the first extreme along `axis`, i32; the axis is removed. */
  argReduce: { readonly kind: 'max' | 'min'; readonly axis: number };
  // Products
  /** [...batch, M, K] · [...batch, K, N] → [...batch, M, N]; a transposed operand is stored with its last two axes swapped. */
  dot: { readonly transposeLeft: boolean; readonly transposeRight: boolean };
  /** Operands x [N,H,W,C], filter [KH,KW,C,O]. */
  conv2d: ConvAttributes;
  /** Operands gradient [N,H',W',O], filter; result has `shape` [N,H,W,C]. Also transposed convolution. */
  conv2dInputGradient: ConvAttributes;
  /** Operands x, gradient; result has the filter's shape. */
  conv2dFilterGradient: ConvAttributes;
  // Indexing on axis 0
  /** Operands table [R, ...s], i32 indices [...i] in 0..R−1 → [...i, ...s]. */
  gather: Record<never, never>;
  /** Operands i32 indices [...i], updates [...i, ...s] → [R, ...s], rows added up; R is the result's first extent. */
  scatterAdd: Record<never, never>;
}

export type OpKind = keyof OpAttributes;

/**
 * One SSA value: the application of an op to operands. Values are made only by the `Builder`, which infers
 * `shape` and `dtype`, and shares equal values.
 */
export interface Value<K extends OpKind = OpKind> {
  readonly id: number;
  readonly kind: K;
  readonly attributes: OpAttributes[K];
  readonly operands: readonly Value[];
  readonly shape: Shape;
  readonly dtype: DType;
  /** The document node on whose behalf the value was first made. */
  readonly origin: string | null;
}

/** A discriminated view of `Value`, so that `switch (v.kind)` narrows `v.attributes`. */
export type AnyValue = { [K in OpKind]: Value<K> }[OpKind];

export interface BlockPhase {
  readonly kind: 'block';
  /** In an order in which operands come before their uses. */
  readonly values: readonly Value[];
}

export interface CarriedValue {
  readonly initial: Value;
  /** The `carried` value that the body reads. */
  readonly parameter: Value;
  /** Computed in the body: the carried value of the next iteration. */
  readonly next: Value;
  /** The `repeatResult` value that later phases read. */
  readonly result: Value;
}

/** A loop with a static count: inference and sampling. The body may read values of earlier phases. */
export interface RepeatPhase {
  readonly kind: 'repeat';
  readonly id: number;
  readonly count: number;
  readonly iteration: Value;
  readonly carried: readonly CarriedValue[];
  readonly values: readonly Value[];
}

export type Phase = BlockPhase | RepeatPhase;

/** How a state array starts. Random ones are functions of the key alone, so all engines start equal. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  /** U(−bound, bound). */
  | { readonly kind: 'uniform'; readonly bound: number; readonly key: Word2 }
  /** N(0, deviation²). */
  | { readonly kind: 'normal'; readonly deviation: number; readonly key: Word2 };

export interface DataSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface StateSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly initializer: Initializer;
  /**
   * Trained weight, other persistent state of the model (running statistics), optimizer bookkeeping, or what a probe keeps: of
   * no use to the model.
   */
  readonly purpose: 'weight' | 'model' | 'optimizer' | 'probe';
  readonly origin: string | null;
}

/**
 * State arrays (f32) that lie one behind the other in memory. A program may read a pack as one vector under its
 * own name, and updates it as one: what it does to all of them is then a single operation.
 */
export interface StatePack {
  readonly name: string;
  /** Names of state specs, in order. A member is read by its own name, and updated only with its pack. */
  readonly members: readonly string[];
}

export interface LiveSpec {
  readonly name: string;
  readonly initial: number;
}

/**
 * One whole step. Engines run it again and again: read state, run the phases, write `updates`, add 1 to the step.
 */
export interface Program {
  readonly data: readonly DataSpec[];
  readonly state: readonly StateSpec[];
  readonly packs?: readonly StatePack[] | undefined;
  readonly live: readonly LiveSpec[];
  readonly phases: readonly Phase[];
  /** Name of a state array or a pack → its value after the step. State not named is left as it is. */
  readonly updates: ReadonlyMap<string, Value>;
  /** Scalar f32 read-outs of every step, kept in the metrics ring. */
  readonly metrics: ReadonlyMap<string, Value>;
  /** Arrays that can be read after a step. */
  readonly outputs: ReadonlyMap<string, Value>;
}

export function elementCount(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

export function formatShape(shape: Shape): string {
  return shape.length === 0 ? 'scalar' : shape.join('×');
}
