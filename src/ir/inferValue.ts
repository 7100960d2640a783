import { defined, invariant } from '../core/invariant';
import type {
  AnyValue,
  BinaryOp,
  ConvAttributes,
  DType,
  OpAttributes,
  OpKind,
  Shape,
  UnaryOp,
  Value,
} from './types';
import { elementCount, sameShape } from './types';

export interface ValueType {
  readonly shape: Shape;
  readonly dtype: DType;
}

type Rule<K extends OpKind> = (
  operands: readonly Value[],
  attributes: OpAttributes[K],
  /** What the maker asked for, where operands and attributes alone do not say. */
  requested: ValueType | undefined,
) => ValueType;

function operand(operands: readonly Value[], index: number): Value {
  const found = operands[index];
  invariant(found !== undefined, () => `operand ${index} is missing`);
  return found;
}

function expectCount(operands: readonly Value[], count: number): void {
  invariant(
    operands.length === count,
    () => `expected ${count} operands, found ${operands.length}`,
  );
}

function expectSameShape(operands: readonly Value[]): void {
  const first = operand(operands, 0);
  for (const other of operands) {
    invariant(
      sameShape(first.shape, other.shape),
      () => `elementwise shapes differ: [${first.shape.join()}] and [${other.shape.join()}]`,
    );
  }
}

function requestedType(requested: ValueType | undefined, kind: OpKind): ValueType {
  return defined(requested, `the type of ${kind}`);
}

const BOOL_UNARY: ReadonlySet<UnaryOp> = new Set(['not', 'isFinite']);
const BOOL_BINARY: ReadonlySet<BinaryOp> = new Set(['and', 'or']);
const FLOAT_BINARY: ReadonlySet<BinaryOp> = new Set(['div', 'pow']);

/** Result extents [H', W'] of a convolution. */
export function convOutputSize(
  input: readonly [number, number],
  filter: readonly [number, number],
  { strides, padding }: ConvAttributes,
): [number, number] {
  const size = (axis: 0 | 1): number =>
    Math.floor((input[axis] + padding[axis][0] + padding[axis][1] - filter[axis]) / strides[axis]) +
    1;
  return [size(0), size(1)];
}

function extent(shape: Shape, axis: number): number {
  const size = shape[axis];
  invariant(size !== undefined, () => `axis ${axis} of [${shape.join()}] is missing`);
  return size;
}

function convResult(x: Shape, filter: Shape, attributes: ConvAttributes): Shape {
  invariant(x.length === 4 && filter.length === 4, 'a convolution takes rank 4');
  invariant(extent(x, 3) === extent(filter, 2), 'channels of input and filter differ');
  const [height, width] = convOutputSize(
    [extent(x, 1), extent(x, 2)],
    [extent(filter, 0), extent(filter, 1)],
    attributes,
  );
  invariant(height > 0 && width > 0, 'a convolution has an empty result');
  return [extent(x, 0), height, width, extent(filter, 3)];
}

function dropAxes(shape: Shape, axes: readonly number[]): Shape {
  invariant(new Set(axes).size === axes.length, 'axes repeat');
  for (const axis of axes) extent(shape, axis);
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** Shape and type rule of every op: the single home of what an op accepts. */
const RULES: { [K in OpKind]: Rule<K> } = {
  input: (operands, _, requested) => {
    expectCount(operands, 0);
    return requestedType(requested, 'input');
  },
  constant: (operands, _, requested) => {
    expectCount(operands, 0);
    return requestedType(requested, 'constant');
  },
  literal: (operands, { values }, requested) => {
    expectCount(operands, 0);
    const type = requestedType(requested, 'literal');
    invariant(
      values.length === elementCount(type.shape),
      'a literal has another length than its shape',
    );
    return type;
  },
  iota: (operands, { axis }, requested) => {
    expectCount(operands, 0);
    const { shape } = requestedType(requested, 'iota');
    extent(shape, axis);
    return { shape, dtype: 'i32' };
  },
  random: (operands, _, requested) => {
    expectCount(operands, 1);
    invariant(operand(operands, 0).dtype === 'i32', 'a random counter is i32');
    return { shape: requestedType(requested, 'random').shape, dtype: 'f32' };
  },
  sampleRows: (operands, { count }, requested) => {
    expectCount(operands, 1);
    const { shape } = requestedType(requested, 'sampleRows');
    invariant(shape.length === 1 && count >= 1, 'sampleRows gives a vector of row numbers');
    return { shape, dtype: 'i32' };
  },
  iteration: () => ({ shape: [], dtype: 'i32' }),
  carried: (_, __, requested) => requestedType(requested, 'carried'),
  repeatResult: (_, __, requested) => requestedType(requested, 'repeatResult'),
  unary: (operands, { op }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    if (op === 'not') invariant(dtype === 'bool', 'not takes bool');
    else if (op === 'neg' || op === 'abs' || op === 'sign')
      invariant(dtype !== 'bool', `${op} takes numbers`);
    else invariant(dtype === 'f32', `${op} takes f32`);
    return { shape, dtype: BOOL_UNARY.has(op) ? 'bool' : dtype };
  },
  binary: (operands, { op }) => {
    expectCount(operands, 2);
    expectSameShape(operands);
    const { shape, dtype } = operand(operands, 0);
    invariant(operand(operands, 1).dtype === dtype, `${op} of different types`);
    invariant(BOOL_BINARY.has(op) === (dtype === 'bool'), `${op} does not take ${dtype}`);
    if (FLOAT_BINARY.has(op)) invariant(dtype === 'f32', `${op} takes f32`);
    return { shape, dtype };
  },
  compare: (operands) => {
    expectCount(operands, 2);
    expectSameShape(operands);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      dtype !== 'bool' && operand(operands, 1).dtype === dtype,
      'compare takes two numbers of one type',
    );
    return { shape, dtype: 'bool' };
  },
  select: (operands) => {
    expectCount(operands, 3);
    expectSameShape(operands);
    const then = operand(operands, 1);
    invariant(operand(operands, 0).dtype === 'bool', 'select takes a bool condition');
    invariant(
      then.dtype === operand(operands, 2).dtype,
      'the branches of select have different types',
    );
    return { shape: then.shape, dtype: then.dtype };
  },
  cast: (operands, { to }) => {
    expectCount(operands, 1);
    return { shape: operand(operands, 0).shape, dtype: to };
  },
  stopGradient: (operands) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    return { shape, dtype };
  },
  reshape: (operands, _, requested) => {
    expectCount(operands, 1);
    const from = operand(operands, 0);
    const { shape } = requestedType(requested, 'reshape');
    invariant(
      elementCount(from.shape) === elementCount(shape),
      `cannot reshape [${from.shape.join()}] to [${shape.join()}]`,
    );
    return { shape, dtype: from.dtype };
  },
  transpose: (operands, { permutation }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis)),
      'transpose takes a permutation of the axes',
    );
    return { shape: permutation.map((axis) => extent(shape, axis)), dtype };
  },
  broadcast: (operands, { axes }, requested) => {
    expectCount(operands, 1);
    const from = operand(operands, 0);
    const { shape } = requestedType(requested, 'broadcast');
    invariant(
      axes.length === from.shape.length,
      'broadcast takes one result axis for each operand axis',
    );
    axes.forEach((axis, index) => {
      const size = extent(from.shape, index);
      invariant(size === 1 || size === extent(shape, axis), 'broadcast extents do not agree');
      invariant(index === 0 || axis > extent(axes, index - 1), 'broadcast axes must rise');
    });
    return { shape, dtype: from.dtype };
  },
  slice: (operands, { start, end }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(
      start.length === shape.length && end.length === shape.length,
      'slice takes bounds for every axis',
    );
    return {
      shape: shape.map((size, axis) => {
        const low = extent(start, axis);
        const high = extent(end, axis);
        invariant(
          low >= 0 && low < high && high <= size,
          `slice ${low}..${high} is outside 0..${size}`,
        );
        return high - low;
      }),
      dtype,
    };
  },
  pad: (operands, { low, high }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    return {
      shape: shape.map((size, axis) => {
        const before = extent(low, axis);
        const after = extent(high, axis);
        invariant(before >= 0 && after >= 0, 'pad takes widths from zero');
        return size + before + after;
      }),
      dtype,
    };
  },
  concat: (operands, { axis }) => {
    invariant(operands.length > 0, 'concat takes at least one operand');
    const first = operand(operands, 0);
    let total = 0;
    for (const { shape, dtype } of operands) {
      invariant(
        dtype === first.dtype &&
          shape.length === first.shape.length &&
          shape.every((size, other) => other === axis || size === first.shape[other]),
        'concat operands differ off the axis',
      );
      total += extent(shape, axis);
    }
    return {
      shape: first.shape.map((size, other) => (other === axis ? total : size)),
      dtype: first.dtype,
    };
  },
  reduce: (operands, { axes }) => {
    expectCount(operands, 1);
    const { shape, dtype } = operand(operands, 0);
    invariant(dtype !== 'bool', 'reduce takes numbers');
    return { shape: dropAxes(shape, axes), dtype };
  },
  argReduce: (operands, { axis }) => {
    expectCount(operands, 1);
    return { shape: dropAxes(operand(operands, 0).shape, [axis]), dtype: 'i32' };
  },
  dot: (operands, { transposeLeft, transposeRight }) => {
    expectCount(operands, 2);
    const left = operand(operands, 0);
    const right = operand(operands, 1);
    const rank = left.shape.length;
    invariant(
      rank >= 2 && right.shape.length === rank,
      'dot takes two operands of one rank, at least 2',
    );
    const batch = left.shape.slice(0, rank - 2);
    invariant(sameShape(batch, right.shape.slice(0, rank - 2)), 'batch axes of dot differ');
    const [rows, inner] = transposeLeft
      ? [extent(left.shape, rank - 1), extent(left.shape, rank - 2)]
      : [extent(left.shape, rank - 2), extent(left.shape, rank - 1)];
    const [innerRight, columns] = transposeRight
      ? [extent(right.shape, rank - 1), extent(right.shape, rank - 2)]
      : [extent(right.shape, rank - 2), extent(right.shape, rank - 1)];
    invariant(inner === innerRight, `inner extents of dot differ: ${inner} and ${innerRight}`);
    invariant(left.dtype === 'f32' && right.dtype === 'f32', 'dot takes f32');
    return { shape: [...batch, rows, columns], dtype: 'f32' };
  },
  conv2d: (operands, attributes) => {
    expectCount(operands, 2);
    return {
      shape: convResult(operand(operands, 0).shape, operand(operands, 1).shape, attributes),
      dtype: 'f32',
    };
  },
  conv2dInputGradient: (operands, attributes, requested) => {
    expectCount(operands, 2);
    const { shape } = requestedType(requested, 'conv2dInputGradient');
    invariant(
      sameShape(
        convResult(shape, operand(operands, 1).shape, attributes),
        operand(operands, 0).shape,
      ),
      'the input gradient does not fit its convolution',
    );
    return { shape, dtype: 'f32' };
  },
  conv2dFilterGradient: (operands, attributes, requested) => {
    expectCount(operands, 2);
    const { shape } = requestedType(requested, 'conv2dFilterGradient');
    invariant(
      sameShape(
        convResult(operand(operands, 0).shape, shape, attributes),
        operand(operands, 1).shape,
      ),
      'the filter gradient does not fit its convolution',
    );
    return { shape, dtype: 'f32' };
  },
  gather: (operands) => {
    expectCount(operands, 2);
    const table = operand(operands, 0);
    const indices = operand(operands, 1);
    invariant(
      indices.dtype === 'i32' && table.shape.length >= 1,
      'gather takes a table and i32 indices',
    );
    return { shape: [...indices.shape, ...table.shape.slice(1)], dtype: table.dtype };
  },
  scatterAdd: (operands, _, requested) => {
    expectCount(operands, 2);
    const indices = operand(operands, 0);
    const updates = operand(operands, 1);
    const { shape } = requestedType(requested, 'scatterAdd');
    invariant(indices.dtype === 'i32' && shape.length >= 1, 'scatterAdd takes i32 indices');
    invariant(
      sameShape(updates.shape, [...indices.shape, ...shape.slice(1)]),
      'the updates of scatterAdd do not fit its indices and result',
    );
    return { shape, dtype: updates.dtype };
  },
};

/** Result type of an op application. Throws on a misuse: node definitions check shapes before they lower. */
export function inferValue<K extends OpKind>(
  kind: K,
  operands: readonly Value[],
  attributes: OpAttributes[K],
  requested?: ValueType,
): ValueType {
  return RULES[kind](operands, attributes, requested);
}

/** Checks a finished value against its rule. */
export function checkValue(value: Value): void {
  const any = value as AnyValue;
  const type = inferValue(any.kind, any.operands, any.attributes, value);
  invariant(
    sameShape(type.shape, value.shape) && type.dtype === value.dtype,
    `${value.kind} %${value.id} has another type than its rule gives`,
  );
}
