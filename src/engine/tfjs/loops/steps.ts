import type { Shape, Value } from '../../../ir/types';
import { isView, type Access } from './access';

/** Loops around one body: every value in it is computed for each element of `space`, or reduces over it. */
export interface Nest {
  readonly space: Shape;
  /** In an order in which operands come before their uses. */
  readonly values: readonly Value[];
  /** Those of `values` that others read from memory. */
  readonly stored: ReadonlySet<Value>;
  readonly accessOf: (operand: Value) => Access;
}

/** A matrix product and how it reaches its operands. */
export interface ProductStep {
  readonly product: Value<'dot'>;
  readonly left: Access;
  readonly right: Access;
}

/** Arrays copied next to each other. */
export interface ConcatStep {
  readonly concat: Value<'concat'>;
  readonly parts: readonly Access[];
}

/** A convolution or one of its gradients, with operands that lie in memory as they are. */
export interface ConvolutionStep {
  readonly convolution: Value<'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient'>;
  readonly left: Access;
  readonly right: Access;
}

/** What is no loop over elements. */
export type OtherStep = ProductStep | ConcatStep | ConvolutionStep;

export type LoopStep = Nest | OtherStep;

/** Nests and products that run one after the other in one call. */
export interface Loops {
  readonly steps: readonly LoopStep[];
  /** What is read that other work has made, and what is made that other work reads. */
  readonly reads: readonly Value[];
  readonly writes: readonly Value[];
}

export type Work =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'loops'; readonly loops: Loops };

/** What a value of a nest reads: a view, which is copied there, shows what it reads itself. */
export function operandsIn(value: Value): readonly Value[] {
  return isView(value) ? [value] : value.operands;
}

/** The value of a step that is no nest. */
export function madeByStep(step: OtherStep): Value {
  if ('product' in step) return step.product;
  return 'concat' in step ? step.concat : step.convolution;
}

/** What a step reads from memory, constants and values of its own body too. */
export function sourcesOfStep(step: LoopStep): Value[] {
  if ('concat' in step) return step.parts.map(({ source }) => source);
  if (!('space' in step)) return [step.left.source, step.right.source];
  return step.values.flatMap((value) =>
    operandsIn(value).map((operand) => step.accessOf(operand).source),
  );
}

/** The values that a step leaves in memory. */
export function storedByStep(step: LoopStep): Iterable<Value> {
  return 'space' in step ? step.stored : [madeByStep(step)];
}
