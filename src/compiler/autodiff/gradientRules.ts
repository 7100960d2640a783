import { defined } from '../../core/invariant';
import type { Builder } from '../../ir/builder';
import { restoreAxes } from '../../ir/compose';
import type { BinaryOp, OpKind, UnaryOp, Value } from '../../ir/types';

/** Makes one operand's share of the gradient when it is needed; null where there is none. */
export type Contribution = (() => Value) | null;

/**
 * The vector–Jacobian product of an op: given g = ∂L/∂value, ∂L/∂operand for each operand.
 * In the formulas y is the value itself and x, or a and b, its operands.
 */
type Rule<K extends OpKind> = (
  builder: Builder,
  value: Value<K>,
  g: Value,
) => readonly Contribution[];

function operand(value: Value, index: number): Value {
  return defined(value.operands[index], `operand ${index}`);
}

const none: Rule<OpKind> = () => [];

const UNARY: {
  readonly [K in UnaryOp]: ((b: Builder, g: Value, x: Value, y: Value) => Value) | null;
} = {
  // −g
  neg: (b, g) => b.neg(g),
  // g·sign x; 0 at 0
  abs: (b, g, x) => b.mul(g, b.unary('sign', x)),
  // Zero almost everywhere.
  sign: null,
  floor: null,
  // g·y
  exp: (b, g, _, y) => b.mul(g, y),
  // g/x
  log: (b, g, x) => b.div(g, x),
  sqrt: sqrtGradient,
  // g·cos x
  sin: (b, g, x) => b.mul(g, b.unary('cos', x)),
  // −g·sin x
  cos: (b, g, x) => b.neg(b.mul(g, b.unary('sin', x))),
  // g·(1 − y²)
  tanh: (b, g, _, y) => b.mul(g, b.sub(1, b.square(y))),
  // g·y·(1 − y)
  sigmoid: (b, g, _, y) => b.mul(g, b.mul(y, b.sub(1, y))),
  // g·σ(x)
  softplus: (b, g, x) => b.mul(g, b.unary('sigmoid', x)),
  // g·2/√π·e^{−x²}
  erf: (b, g, x) => b.mul(g, b.mul(b.exp(b.neg(b.square(x))), 2 / Math.sqrt(Math.PI))),
  not: null,
  isFinite: null,
};

/**
 * g/(2y), and 0 at x = 0, where the derivative is infinite: a norm at its minimum then has the subgradient 0
 * instead of 0·∞. The divisor is made safe before the division, so that derivatives of this one are finite too.
 */
function sqrtGradient(b: Builder, g: Value, _: Value, y: Value): Value {
  const positive = b.compare('gt', y, 0);
  const divisor = b.select(positive, y, 1);
  return b.select(positive, b.mul(b.div(g, divisor), 0.5), 0);
}

type BinaryRule = (
  b: Builder,
  g: Value,
  x: readonly [Value, Value],
  y: Value,
) => readonly Contribution[];

const BINARY: { readonly [K in BinaryOp]: BinaryRule } = {
  // g, g
  add: (_, g) => [() => g, () => g],
  // g, −g
  sub: (b, g) => [() => g, () => b.neg(g)],
  // g·b, g·a
  mul: (b, g, [left, right]) => [() => b.mul(g, right), () => b.mul(g, left)],
  // g/b, −g·y/b
  div: (b, g, [, right], y) => [() => b.div(g, right), () => b.neg(b.div(b.mul(g, y), right))],
  max: extremeRule('gt'),
  min: extremeRule('lt'),
  // g·b·a^{b−1}, g·y·ln a; the second is 0 where a ≤ 0
  pow: (b, g, [base, exponent], y) => [
    () => b.mul(g, b.mul(exponent, b.binary('pow', base, b.sub(exponent, 1)))),
    () => {
      const positive = b.compare('gt', base, 0);
      const logarithm = b.select(positive, b.log(b.select(positive, base, 1)), 0);
      return b.mul(g, b.mul(y, logarithm));
    },
  ],
  and: () => [],
  or: () => [],
};

/**
 * g to the operand that wins. At a tie each takes half, as `torch.maximum` does, but against a constant the
 * gradient is 0, so that relu′(0) = 0, as `torch.relu` has it.
 */
function extremeRule(wins: 'gt' | 'lt'): BinaryRule {
  return (b, g, [left, right]) => {
    const share = (own: Value, other: Value) => (): Value => {
      const tied = isConstant(other)
        ? b.constant(0, g.shape)
        : b.select(b.compare('eq', own, other), b.mul(g, 0.5), 0);
      return b.select(b.compare(wins, own, other), g, tied);
    };
    return [share(left, right), share(right, left)];
  };
}

function isConstant(value: Value): boolean {
  return (
    value.kind === 'constant' ||
    value.kind === 'literal' ||
    ((value.kind === 'broadcast' || value.kind === 'reshape') && isConstant(operand(value, 0)))
  );
}

const RULES: { readonly [K in OpKind]: Rule<K> } = {
  input: none,
  constant: none,
  literal: none,
  iota: none,
  random: none,
  sampleRows: none,
  iteration: none,
  carried: none,
  // A constant by the envelope theorem.
  repeatResult: none,

  unary: (b, value, g) => {
    const rule = UNARY[value.attributes.op];
    return rule === null ? [] : [() => rule(b, g, operand(value, 0), value)];
  },
  binary: (b, value, g) =>
    BINARY[value.attributes.op](b, g, [operand(value, 0), operand(value, 1)], value),
  compare: none,
  // g where the condition holds, g where it does not
  select: (b, value, g) => {
    const condition = operand(value, 0);
    return [null, () => b.select(condition, g, 0), () => b.select(condition, 0, g)];
  },
  // Differentiable values are f32 on both sides, and such a cast is never made.
  cast: none,
  stopGradient: none,

  // g in x's shape
  reshape: (b, value, g) => [() => b.reshape(g, operand(value, 0).shape)],
  // g with the inverse permutation
  transpose: (b, value, g) => {
    const { permutation } = value.attributes;
    return [
      () =>
        b.transpose(
          g,
          permutation.map((_, axis) => permutation.indexOf(axis)),
        ),
    ];
  },
  // Σ g over the axes that were added or stretched
  broadcast: (b, value, g) => {
    const from = operand(value, 0).shape;
    const { axes } = value.attributes;
    const summed = value.shape
      .map((_, axis) => axis)
      .filter((axis) => {
        const index = axes.indexOf(axis);
        return index === -1 || from[index] !== value.shape[axis];
      });
    return [() => b.reshape(b.sum(g, summed), from)];
  },
  // g with zeros round it
  slice: (b, value, g) => {
    const { shape } = operand(value, 0);
    const { start, end } = value.attributes;
    const after = shape.map((size, axis) => size - defined(end[axis], 'end of slice'));
    return [() => b.pad(g, start, after)];
  },
  // g without the margin
  pad: (b, value, g) => {
    const { low } = value.attributes;
    const end = operand(value, 0).shape.map((size, axis) => size + defined(low[axis], 'width'));
    return [() => b.slice(g, low, end)];
  },
  // each operand's own part of g
  concat: (b, value, g) => {
    const { axis } = value.attributes;
    let position = 0;
    return value.operands.map(({ shape }) => {
      const start = position;
      position += defined(shape[axis], 'extent');
      const end = position;
      return () => b.sliceAxis(g, axis, start, end);
    });
  },

  reduce: (b, value, g) => {
    const x = operand(value, 0);
    const { kind, axes } = value.attributes;
    const back = (reduced: Value): Value => restoreAxes(b, reduced, x.shape, axes);
    // g for every element of the sum
    if (kind === 'sum') return [() => back(g)];
    // g shared equally among the elements that are the extreme
    return [
      () => {
        const extreme = b.compare('eq', x, back(value));
        const count = b.sum(b.cast(extreme, 'f32'), axes);
        return b.select(extreme, back(b.div(g, count)), 0);
      },
    ];
  },
  argReduce: none,

  // With A and B as multiplied: ∂A = g·Bᵀ, ∂B = Aᵀ·g; each transposed back to how it is stored.
  dot: (b, value, g) => {
    const [left, right] = [operand(value, 0), operand(value, 1)];
    const { transposeLeft, transposeRight } = value.attributes;
    return [
      () =>
        transposeLeft
          ? b.dot(right, g, { left: transposeRight, right: true })
          : b.dot(g, right, { right: !transposeRight }),
      () =>
        transposeRight
          ? b.dot(g, left, { left: true, right: transposeLeft })
          : b.dot(left, g, { left: !transposeLeft }),
    ];
  },
  // The three convolution ops are one trilinear form T(x, f, y) = Σ x·f·y with one argument left open,
  // so each one's derivatives are the other two.
  conv2d: (b, value, g) => {
    const [x, filter] = [operand(value, 0), operand(value, 1)];
    return [
      () => b.conv2dInputGradient(g, filter, x.shape, value.attributes),
      () => b.conv2dFilterGradient(x, g, filter.shape, value.attributes),
    ];
  },
  conv2dInputGradient: (b, value, g) => {
    const [gradient, filter] = [operand(value, 0), operand(value, 1)];
    return [
      () => b.conv2d(g, filter, value.attributes),
      () => b.conv2dFilterGradient(g, gradient, filter.shape, value.attributes),
    ];
  },
  conv2dFilterGradient: (b, value, g) => {
    const [x, gradient] = [operand(value, 0), operand(value, 1)];
    return [
      () => b.conv2dInputGradient(gradient, g, x.shape, value.attributes),
      () => b.conv2d(x, g, value.attributes),
    ];
  },

  // g's rows added up where they were read
  gather: (b, value, g) => {
    const [table, indices] = [operand(value, 0), operand(value, 1)];
    return [() => b.scatterAdd(indices, g, table.shape), null];
  },
  // g's rows read where they were added
  scatterAdd: (b, value, g) => [null, () => b.gather(g, operand(value, 0))],
};

/** The operands' shares of the gradient `g` of `value`; an op that stops gradients has none. */
export function contributions<K extends OpKind>(
  builder: Builder,
  value: Value<K>,
  g: Value,
): readonly Contribution[] {
  return RULES[value.kind](builder, value, g);
}
