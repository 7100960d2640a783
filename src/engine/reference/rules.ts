import { defined } from '../../core/invariant';
import { sampleRow, uniformAt } from '../../core/random';
import { rowMajorStrides } from '../../ir/strides';
import { elementCount, type InputRole, type OpKind, type Shape, type Value } from '../../ir/types';
import { batchedDot, forEachConvProduct } from './products';
import { BINARY, COMPARE, UNARY } from '../../ir/scalarFunctions';
import { LOOPS, select, zip } from './elementwise';
import { readAt, reducedOffsets, stridedOffsets, writeAt, zeros } from './strides';

/** What sources read. */
export interface RuleContext {
  input(role: InputRole, name: string): Float64Array;
  iteration(repeat: number): number;
  carried(repeat: number, index: number): Float64Array;
  repeatResult(repeat: number, index: number): Float64Array;
}

/** Computes a value from its operands' arrays. All dtypes are kept as float64; arrays are never changed. */
type Rule<K extends OpKind> = (
  value: Value<K>,
  operands: readonly Float64Array[],
  context: RuleContext,
) => Float64Array;

function at(operands: readonly Float64Array[], index: number): Float64Array {
  return defined(operands[index], `operand ${index}`);
}

function operandShape(value: Value, index: number): Shape {
  return defined(value.operands[index], `operand ${index}`).shape;
}

function filled(shape: Shape, element: (index: number) => number): Float64Array {
  const result = zeros(shape);
  for (let i = 0; i < result.length; i++) result[i] = element(i);
  return result;
}

function rank4(shape: Shape): readonly [number, number, number, number] {
  const [a, b, c, d] = shape;
  return [defined(a, 'axis'), defined(b, 'axis'), defined(c, 'axis'), defined(d, 'axis')];
}

/** Rows along axis 0 as (row, length) of flat memory. */
function rowLength(shape: Shape): number {
  return elementCount(shape.slice(1));
}

/** i32 results wrap at 32 bits, as on the other engines. */
function wrapped(value: Value, result: Float64Array): Float64Array {
  return value.dtype === 'i32' ? result.map((element) => element | 0) : result;
}

export const RULES: { readonly [K in OpKind]: Rule<K> } = {
  input: ({ attributes }, _, context) => context.input(attributes.role, attributes.name),
  constant: ({ shape, attributes }) => zeros(shape).fill(attributes.value),
  literal: ({ attributes }) => Float64Array.from(attributes.values),
  iota: ({ shape, attributes }) =>
    Float64Array.from(
      stridedOffsets(
        shape,
        shape.map((_, axis) => (axis === attributes.axis ? 1 : 0)),
      ),
    ),
  random: ({ shape, attributes }, operands) => {
    const counter = at(operands, 0)[0] as number;
    return filled(shape, (i) => uniformAt(attributes.key, counter, i));
  },
  sampleRows: ({ shape, attributes: { key, count } }, operands) => {
    const step = at(operands, 0)[0] as number;
    const batchSize = elementCount(shape);
    return filled(shape, (i) => sampleRow(key, step, batchSize, count, i));
  },
  iteration: ({ attributes }, _, context) => Float64Array.of(context.iteration(attributes.repeat)),
  carried: ({ attributes }, _, context) => context.carried(attributes.repeat, attributes.index),
  repeatResult: ({ attributes }, _, context) =>
    context.repeatResult(attributes.repeat, attributes.index),

  unary: (value, operands) => {
    const x = at(operands, 0);
    return wrapped(value, zip(x.length, UNARY[value.attributes.op], x));
  },
  binary: (value, operands) => {
    const [x, y] = [at(operands, 0), at(operands, 1)];
    const { op } = value.attributes;
    const loop = LOOPS[op];
    if (loop && value.dtype === 'f32') return loop(x, y);
    const apply = value.dtype === 'i32' && op === 'mul' ? Math.imul : BINARY[op];
    return wrapped(value, zip(x.length, apply, x, y));
  },
  compare: ({ attributes }, operands) => {
    const [x, y] = [at(operands, 0), at(operands, 1)];
    const holds = COMPARE[attributes.op];
    return zip(x.length, (a, b) => (holds(a, b) ? 1 : 0), x, y);
  },
  select: (_, operands) => select(at(operands, 0), at(operands, 1), at(operands, 2)),
  cast: ({ attributes }, operands) => {
    const x = at(operands, 0);
    switch (attributes.to) {
      case 'f32':
        return x;
      case 'i32':
        return x.map(Math.trunc);
      case 'bool':
        return x.map((element) => (element !== 0 ? 1 : 0));
    }
  },
  stopGradient: (_, operands) => at(operands, 0),

  reshape: (_, operands) => at(operands, 0),
  transpose: (value, operands) => {
    const strides = rowMajorStrides(operandShape(value, 0));
    const permuted = value.attributes.permutation.map((axis) => defined(strides[axis], 'stride'));
    return readAt(at(operands, 0), stridedOffsets(value.shape, permuted));
  },
  broadcast: (value, operands) => {
    const from = operandShape(value, 0);
    const own = rowMajorStrides(from);
    const strides = value.shape.map(() => 0);
    value.attributes.axes.forEach((axis, index) => {
      strides[axis] = from[index] === 1 ? 0 : defined(own[index], 'stride');
    });
    return readAt(at(operands, 0), stridedOffsets(value.shape, strides));
  },
  slice: (value, operands) => {
    const strides = rowMajorStrides(operandShape(value, 0));
    const start = value.attributes.start.reduce(
      (sum, low, axis) => sum + low * defined(strides[axis], 'stride'),
      0,
    );
    return readAt(at(operands, 0), stridedOffsets(value.shape, strides, start));
  },
  pad: (value, operands) => {
    const strides = rowMajorStrides(value.shape);
    const start = value.attributes.low.reduce(
      (sum, low, axis) => sum + low * defined(strides[axis], 'stride'),
      0,
    );
    const result = zeros(value.shape).fill(value.attributes.value);
    writeAt(result, stridedOffsets(operandShape(value, 0), strides, start), at(operands, 0));
    return result;
  },
  concat: (value, operands) => {
    const strides = rowMajorStrides(value.shape);
    const { axis } = value.attributes;
    const result = zeros(value.shape);
    let along = 0;
    value.operands.forEach(({ shape }, index) => {
      const start = along * defined(strides[axis], 'stride');
      writeAt(result, stridedOffsets(shape, strides, start), at(operands, index));
      along += defined(shape[axis], 'extent');
    });
    return result;
  },

  reduce: (value, operands) => {
    const { kind, axes } = value.attributes;
    const x = at(operands, 0);
    const offsets = reducedOffsets(operandShape(value, 0), axes);
    const neutral = { sum: 0, max: -Infinity, min: Infinity }[kind];
    const combine = { sum: BINARY.add, max: BINARY.max, min: BINARY.min }[kind];
    const result = zeros(value.shape).fill(neutral);
    if (kind === 'sum') {
      for (let i = 0; i < x.length; i++) {
        const to = offsets[i] as number;
        result[to] = (result[to] as number) + (x[i] as number);
      }
      return wrapped(value, result);
    }
    for (let i = 0; i < x.length; i++) {
      const to = offsets[i] as number;
      result[to] = combine(result[to] as number, x[i] as number);
    }
    return wrapped(value, result);
  },
  argReduce: (value, operands) => {
    const { kind, axis } = value.attributes;
    const x = at(operands, 0);
    const shape = operandShape(value, 0);
    const extent = defined(shape[axis], 'extent');
    const stride = defined(rowMajorStrides(shape)[axis], 'stride');
    const starts = stridedOffsets(
      value.shape,
      rowMajorStrides(shape).filter((_, other) => other !== axis),
    );
    const better = kind === 'max' ? COMPARE.gt : COMPARE.lt;
    return filled(value.shape, (i) => {
      const start = starts[i] as number;
      let best = 0;
      for (let index = 1; index < extent; index++) {
        const candidate = x[start + index * stride] as number;
        if (better(candidate, x[start + best * stride] as number)) best = index;
      }
      return best;
    });
  },

  dot: (value, operands) =>
    batchedDot(
      [at(operands, 0), operandShape(value, 0)],
      [at(operands, 1), operandShape(value, 1)],
      value.attributes,
      value.shape,
    ),
  conv2d: (value, operands) => {
    const [input, filter] = [at(operands, 0), at(operands, 1)];
    const result = zeros(value.shape);
    forEachConvProduct(
      rank4(operandShape(value, 0)),
      rank4(operandShape(value, 1)),
      rank4(value.shape),
      value.attributes,
      (x, f, y) => {
        result[y] = (result[y] as number) + (input[x] as number) * (filter[f] as number);
      },
    );
    return result;
  },
  conv2dInputGradient: (value, operands) => {
    const [gradient, filter] = [at(operands, 0), at(operands, 1)];
    const result = zeros(value.shape);
    forEachConvProduct(
      rank4(value.shape),
      rank4(operandShape(value, 1)),
      rank4(operandShape(value, 0)),
      value.attributes,
      (x, f, y) => {
        result[x] = (result[x] as number) + (gradient[y] as number) * (filter[f] as number);
      },
    );
    return result;
  },
  conv2dFilterGradient: (value, operands) => {
    const [input, gradient] = [at(operands, 0), at(operands, 1)];
    const result = zeros(value.shape);
    forEachConvProduct(
      rank4(operandShape(value, 0)),
      rank4(value.shape),
      rank4(operandShape(value, 1)),
      value.attributes,
      (x, f, y) => {
        result[f] = (result[f] as number) + (input[x] as number) * (gradient[y] as number);
      },
    );
    return result;
  },

  gather: (value, operands) => {
    const [table, indices] = [at(operands, 0), at(operands, 1)];
    const length = rowLength(operandShape(value, 0));
    const result = zeros(value.shape);
    indices.forEach((row, i) => {
      result.set(table.subarray(row * length, (row + 1) * length), i * length);
    });
    return result;
  },
  scatterAdd: (value, operands) => {
    const [indices, updates] = [at(operands, 0), at(operands, 1)];
    const length = rowLength(value.shape);
    const result = zeros(value.shape);
    indices.forEach((row, i) => {
      for (let k = 0; k < length; k++) {
        result[row * length + k] =
          (result[row * length + k] as number) + (updates[i * length + k] as number);
      }
    });
    return result;
  },
};

/** Dispatches on the kind: the table's key and the value's kind are the same `K`. */
export function evaluate<K extends OpKind>(
  value: Value<K>,
  operands: readonly Float64Array[],
  context: RuleContext,
): Float64Array {
  return RULES[value.kind](value, operands, context);
}
