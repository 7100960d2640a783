import type { Value } from '../../ir/types';
import { atom, within, type Expression } from './python';

/**
 * An expression for a value. Axes along which all is the same may be left out at the front, or have extent 1, as PyTorch
 * broadcasts: `present[a]` says of axis a whether it has its whole extent. `rank` axes are there, counted from the last one.
 */
export interface Printed extends Expression {
  readonly rank: number;
  readonly present: readonly boolean[];
  /** A number of Python's, and no tensor. */
  readonly isNumber: boolean;
}

/** A tensor with all axes of the value. */
export function whole({ shape }: Value, expression: Expression): Printed {
  return { ...expression, rank: shape.length, present: shape.map(() => true), isNumber: false };
}

/** A number of Python's for a value of any shape. */
export function number({ shape }: Value, expression: Expression): Printed {
  return { ...expression, rank: 0, present: shape.map(() => false), isNumber: true };
}

export function isWhole({ rank, present, isNumber }: Printed): boolean {
  return !isNumber && rank === present.length && present.every((full) => full);
}

/** What an elementwise op of several gives. */
export function broadcastOf(
  operands: readonly Printed[],
): Pick<Printed, 'rank' | 'present' | 'isNumber'> {
  const [first] = operands;
  return {
    rank: Math.max(...operands.map(({ rank }) => rank)),
    present: (first?.present ?? []).map((_, axis) =>
      operands.some(({ present }) => present[axis] === true),
    ),
    isNumber: operands.every(({ isNumber }) => isNumber),
  };
}

/** `x.name(args)` */
export function method(x: Expression, name: string, ...args: readonly string[]): Expression {
  return atom(`${within(x, 10)}.${name}(${args.join(', ')})`);
}

/** Extents as a tuple or list of Python's. */
export function list(items: readonly (string | number)[]): string {
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}
