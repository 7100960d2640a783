import { defined, invariant } from '../core/invariant';
import type { Word2 } from '../core/threefry';
import {
  sameShape,
  type BinaryOp,
  type Comparison,
  type ConvAttributes,
  type DType,
  type InputRole,
  type ReduceKind,
  type Shape,
  type UnaryOp,
  type Value,
} from './types';
import { ValueNumbering } from './valueNumbering';

/** A value, or a number that stands for a constant of the other operand's type. */
export type Operand = Value | number;

/** A method for each op, and for the compositions of a few that everybody needs. */
export class Builder extends ValueNumbering {
  // Sources ------------------------------------------------------------------------------------

  input(role: InputRole, name: string, shape: Shape, dtype: DType): Value {
    return this.apply('input', [], { role, name }, { shape, dtype });
  }

  constant(value: number, shape: Shape = [], dtype: DType = 'f32'): Value {
    return this.apply('constant', [], { value }, { shape, dtype });
  }

  literal(values: readonly number[], shape: Shape = [values.length], dtype: DType = 'f32'): Value {
    return this.apply('literal', [], { values }, { shape, dtype });
  }

  iota(shape: Shape, axis: number): Value {
    return this.apply('iota', [], { axis }, { shape, dtype: 'i32' });
  }

  /** Uniform in [0,1); `counter` is an i32 scalar, usually the step. */
  random(key: Word2, counter: Value, shape: Shape): Value {
    return this.apply('random', [counter], { key }, { shape, dtype: 'f32' });
  }

  sampleRows(key: Word2, step: Value, count: number, batchSize: number): Value {
    return this.apply('sampleRows', [step], { key, count }, { shape: [batchSize], dtype: 'i32' });
  }

  // Elementwise --------------------------------------------------------------------------------

  unary(op: UnaryOp, x: Value): Value {
    return this.apply('unary', [x], { op });
  }

  /** Operands are broadcast to each other, aligned at the last axis as in NumPy. */
  binary(op: BinaryOp, left: Operand, right: Operand): Value {
    return this.apply('binary', this.agree(left, right), { op });
  }

  compare(op: Comparison, left: Operand, right: Operand): Value {
    return this.apply('compare', this.agree(left, right), { op });
  }

  select(condition: Value, then: Operand, otherwise: Operand): Value {
    const [a, b] = this.agree(then, otherwise, condition.shape);
    return this.apply('select', [this.broadcastTo(condition, a.shape), a, b], {});
  }

  cast(x: Value, to: DType): Value {
    return x.dtype === to ? x : this.apply('cast', [x], { to });
  }

  stopGradient(x: Value): Value {
    return this.apply('stopGradient', [x], {});
  }

  add(left: Operand, right: Operand): Value {
    return this.binary('add', left, right);
  }
  sub(left: Operand, right: Operand): Value {
    return this.binary('sub', left, right);
  }
  mul(left: Operand, right: Operand): Value {
    return this.binary('mul', left, right);
  }
  div(left: Operand, right: Operand): Value {
    return this.binary('div', left, right);
  }
  max(left: Operand, right: Operand): Value {
    return this.binary('max', left, right);
  }
  min(left: Operand, right: Operand): Value {
    return this.binary('min', left, right);
  }
  neg(x: Value): Value {
    return this.unary('neg', x);
  }
  exp(x: Value): Value {
    return this.unary('exp', x);
  }
  log(x: Value): Value {
    return this.unary('log', x);
  }
  sqrt(x: Value): Value {
    return this.unary('sqrt', x);
  }
  square(x: Value): Value {
    return this.mul(x, x);
  }
  relu(x: Value): Value {
    return this.max(x, 0);
  }

  // Views --------------------------------------------------------------------------------------

  reshape(x: Value, shape: Shape): Value {
    return sameShape(x.shape, shape)
      ? x
      : this.apply('reshape', [x], {}, { shape, dtype: x.dtype });
  }

  transpose(x: Value, permutation: readonly number[]): Value {
    return permutation.every((axis, index) => axis === index)
      ? x
      : this.apply('transpose', [x], { permutation });
  }

  /** Operand axis i becomes result axis `axes[i]`. */
  broadcast(x: Value, shape: Shape, axes: readonly number[]): Value {
    return sameShape(x.shape, shape)
      ? x
      : this.apply('broadcast', [x], { axes }, { shape, dtype: x.dtype });
  }

  /** NumPy broadcasting: aligned at the last axis. */
  broadcastTo(x: Value, shape: Shape): Value {
    const shift = shape.length - x.shape.length;
    return this.broadcast(
      x,
      shape,
      x.shape.map((_, axis) => axis + shift),
    );
  }

  slice(x: Value, start: readonly number[], end: readonly number[]): Value {
    return start.every((low, axis) => low === 0 && end[axis] === x.shape[axis])
      ? x
      : this.apply('slice', [x], { start, end });
  }

  /** Slice of one axis, the others whole. */
  sliceAxis(x: Value, axis: number, start: number, end: number): Value {
    return this.slice(
      x,
      x.shape.map((_, other) => (other === axis ? start : 0)),
      x.shape.map((size, other) => (other === axis ? end : size)),
    );
  }

  pad(x: Value, low: readonly number[], high: readonly number[], value = 0): Value {
    return [...low, ...high].every((width) => width === 0)
      ? x
      : this.apply('pad', [x], { low, high, value });
  }

  concat(operands: readonly Value[], axis: number): Value {
    return operands.length === 1
      ? defined(operands[0], 'operand of concat')
      : this.apply('concat', operands, { axis });
  }

  // Reductions and products --------------------------------------------------------------------

  /** Removes `axes` (all of them when not given). */
  reduce(kind: ReduceKind, x: Value, axes: readonly number[] = allAxes(x)): Value {
    const sorted = [...axes].sort((a, b) => a - b);
    return sorted.length === 0 ? x : this.apply('reduce', [x], { kind, axes: sorted });
  }

  sum(x: Value, axes?: readonly number[]): Value {
    return this.reduce('sum', x, axes);
  }

  mean(x: Value, axes: readonly number[] = allAxes(x)): Value {
    const count = axes.reduce((product, axis) => product * defined(x.shape[axis], 'axis'), 1);
    return this.mul(this.sum(x, axes), 1 / count);
  }

  argReduce(kind: 'max' | 'min', x: Value, axis: number): Value {
    return this.apply('argReduce', [x], { kind, axis });
  }

  dot(left: Value, right: Value, transposed: { left?: boolean; right?: boolean } = {}): Value {
    return this.apply('dot', [left, right], {
      transposeLeft: transposed.left ?? false,
      transposeRight: transposed.right ?? false,
    });
  }

  conv2d(x: Value, filter: Value, attributes: ConvAttributes): Value {
    return this.apply('conv2d', [x, filter], attributes);
  }

  conv2dInputGradient(
    gradient: Value,
    filter: Value,
    shape: Shape,
    attributes: ConvAttributes,
  ): Value {
    return this.apply('conv2dInputGradient', [gradient, filter], attributes, {
      shape,
      dtype: 'f32',
    });
  }

  conv2dFilterGradient(x: Value, gradient: Value, shape: Shape, attributes: ConvAttributes): Value {
    return this.apply('conv2dFilterGradient', [x, gradient], attributes, { shape, dtype: 'f32' });
  }

  gather(table: Value, indices: Value): Value {
    return this.apply('gather', [table, indices], {});
  }

  scatterAdd(indices: Value, updates: Value, shape: Shape): Value {
    return this.apply('scatterAdd', [indices, updates], {}, { shape, dtype: updates.dtype });
  }

  /** Turns numbers into constants and broadcasts both to a common shape. */
  private agree(left: Operand, right: Operand, least: Shape = []): [Value, Value] {
    const dtype =
      typeof left !== 'number' ? left.dtype : typeof right !== 'number' ? right.dtype : 'f32';
    const shape = commonShape(
      commonShape(typeof left === 'number' ? [] : left.shape, least),
      typeof right === 'number' ? [] : right.shape,
    );
    const lift = (operand: Operand): Value =>
      typeof operand === 'number'
        ? this.constant(operand, shape, dtype)
        : this.broadcastTo(operand, shape);
    return [lift(left), lift(right)];
  }
}

function allAxes(x: Value): number[] {
  return x.shape.map((_, axis) => axis);
}

/** The shape that both broadcast to, aligned at the last axis. */
export function commonShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    invariant(
      left === right || left === 1 || right === 1,
      () => `shapes [${a.join()}] and [${b.join()}] do not broadcast`,
    );
    return left === 1 ? right : left;
  });
}
