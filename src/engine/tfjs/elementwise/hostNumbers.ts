import type { BinaryOp, UnaryOp } from '../../../ir/types';

/** i32 arithmetic of the host, wrapping around as on the devices. */
export function binaryNumber(op: BinaryOp, a: number, b: number): number {
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

/** The same of one operand. */
export function unaryNumber(op: UnaryOp, x: number): number {
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
