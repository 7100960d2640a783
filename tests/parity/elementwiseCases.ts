import type { BinaryOp, Comparison, OpKind, Shape, UnaryOp } from '../../src/ir/types';
import {
  fractional,
  positive,
  signed,
  whole,
  type CaseMaker,
  type Fill,
  type OpCases,
} from './parityCase';

const SHAPES: readonly Shape[] = [[], [1], [7], [3, 1, 5], [2, 3, 1, 2, 5], [1031]];

interface UnaryCase {
  readonly fill: Fill;
  readonly absoluteTolerance?: number;
}

const wide: Fill = (random) => random.uniform() * 40 - 20;

const UNARY: { readonly [K in Exclude<UnaryOp, 'not' | 'isFinite'>]: UnaryCase } = {
  neg: { fill: signed },
  abs: { fill: signed },
  // Zero is exact, not a knife edge: sign(0) is 0.
  sign: { fill: (random, index) => (index % 4 === 3 ? 0 : signed(random, index)) },
  floor: { fill: fractional },
  exp: { fill: (random) => random.uniform() * 12 - 8 },
  log: { fill: (random) => 10 ** (random.uniform() * 8 - 4) },
  sqrt: { fill: (random, index) => (index % 5 === 4 ? 0 : random.uniform() * 100) },
  // WGSL promises no more than 2⁻¹¹ on [−π, π].
  sin: { fill: (random) => random.uniform() * 6.2 - 3.1, absoluteTolerance: 6e-4 },
  cos: { fill: (random) => random.uniform() * 6.2 - 3.1, absoluteTolerance: 6e-4 },
  tanh: { fill: wide },
  sigmoid: { fill: wide },
  softplus: { fill: wide },
  erf: { fill: (random) => random.uniform() * 8 - 4 },
};

const LARGE: readonly number[] = [-300, -120, -89, -30, 0, 30, 89, 120, 300];

const BINARY: { readonly [K in Exclude<BinaryOp, 'and' | 'or'>]: readonly [Fill, Fill] } = {
  add: [signed, signed],
  sub: [signed, signed],
  mul: [signed, signed],
  div: [signed, positive],
  max: [signed, signed],
  min: [signed, signed],
  // Only positive bases: what a negative one gives differs between engines' own `pow`.
  pow: [positive, signed],
};

const COMPARISONS: readonly Comparison[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];

/** Quarters, so that equal pairs are common and exact. */
const quarters: Fill = (random) => (random.integer(9) - 4) / 4;

function unaryCase(op: UnaryOp, { fill, absoluteTolerance }: UnaryCase): CaseMaker {
  return (draft) => {
    for (const shape of SHAPES) draft.output(draft.builder.unary(op, draft.input(shape, fill)));
    return { absoluteTolerance };
  };
}

function binaryCase(op: BinaryOp, [left, right]: readonly [Fill, Fill]): CaseMaker {
  return (draft) => {
    for (const shape of SHAPES) {
      draft.output(draft.builder.binary(op, draft.input(shape, left), draft.input(shape, right)));
    }
    // A constant on either side, and operands that broadcast.
    draft.output(draft.builder.binary(op, draft.input([6], left), 1.5));
    draft.output(draft.builder.binary(op, 1.5, draft.input([6], right)));
    draft.output(
      draft.builder.binary(op, draft.input([4, 1, 3], left), draft.input([5, 1], right)),
    );
  };
}

export const elementwiseCases: {
  readonly [
    K in Extract<OpKind, 'unary' | 'binary' | 'compare' | 'select' | 'cast' | 'stopGradient'>
  ]: OpCases;
} = {
  unary: {
    ...Object.fromEntries(
      Object.entries(UNARY).map(([op, made]) => [op, unaryCase(op as UnaryOp, made)]),
    ),
    not: (draft) => {
      for (const shape of SHAPES) draft.output(draft.builder.unary('not', draft.mask(shape)));
    },
    isFinite: (draft) => {
      const values = [0, 1, -3e38, NaN, Infinity, -Infinity, 1e-40];
      const x = draft.input([7], (_, index) => values[index] ?? 0);
      draft.output(draft.builder.unary('isFinite', x));
    },
    'isFinite of what overflows on the way': (draft) => {
      const { builder } = draft;
      // e^800 is too large for float64 as well, so that the oracle agrees.
      const x = draft.input([6], (_, index) => index * 400 - 1200);
      draft.output(builder.unary('isFinite', builder.exp(x)));
    },
    'large arguments stay stable': (draft) => {
      const fill: Fill = (_, index) => LARGE[index] ?? 0;
      const x = draft.input([LARGE.length], fill);
      for (const op of ['tanh', 'sigmoid', 'softplus', 'erf'] as const) {
        draft.output(draft.builder.unary(op, x));
      }
    },
    i32: (draft) => {
      for (const op of ['neg', 'abs', 'sign'] as const) {
        draft.output(draft.builder.unary(op, draft.input([11], whole, 'i32')));
      }
    },
  },
  binary: {
    ...Object.fromEntries(
      Object.entries(BINARY).map(([op, fills]) => [op, binaryCase(op as BinaryOp, fills)]),
    ),
    and: (draft) => {
      for (const shape of SHAPES) {
        draft.output(draft.builder.binary('and', draft.mask(shape), draft.mask(shape)));
      }
    },
    or: (draft) => {
      for (const shape of SHAPES) {
        draft.output(draft.builder.binary('or', draft.mask(shape), draft.mask(shape)));
      }
    },
    i32: (draft) => {
      for (const op of ['add', 'sub', 'mul', 'max', 'min'] as const) {
        const x = draft.input([3, 4], whole, 'i32');
        draft.output(draft.builder.binary(op, x, draft.input([4], whole, 'i32')));
        draft.output(draft.builder.binary(op, x, 2));
      }
    },
    'integer powers': (draft) => {
      const x = draft.input([9], positive);
      for (const exponent of [-1, 0, 0.5, 1, 2, 3]) {
        draft.output(draft.builder.binary('pow', x, exponent));
      }
    },
    'a chain that fuses': (draft) => {
      const { builder } = draft;
      let x = draft.input([33, 5]);
      const y = draft.input([33, 5]);
      for (let round = 0; round < 6; round++) {
        x = builder.add(builder.unary('tanh', builder.mul(x, y)), builder.sub(y, 0.1 * round));
      }
      draft.output(x);
      draft.output(builder.mul(x, x));
      return { relativeTolerance: 1e-4 };
    },
  },
  compare: {
    f32: (draft) => {
      for (const op of COMPARISONS) {
        for (const shape of SHAPES) {
          const x = draft.input(shape, quarters);
          draft.output(draft.builder.compare(op, x, draft.input(shape, quarters)));
        }
        draft.output(draft.builder.compare(op, draft.input([4, 3], quarters), 0.25));
      }
    },
    i32: (draft) => {
      for (const op of COMPARISONS) {
        const x = draft.input([5, 3], whole, 'i32');
        draft.output(draft.builder.compare(op, x, draft.input([3], whole, 'i32')));
      }
    },
  },
  select: {
    'ranks and types': (draft) => {
      const { builder } = draft;
      for (const shape of SHAPES) {
        const mask = draft.mask(shape);
        draft.output(builder.select(mask, draft.input(shape), draft.input(shape)));
      }
      const mask = draft.mask([3, 4]);
      draft.output(
        builder.select(mask, draft.input([3, 4], whole, 'i32'), draft.input([3, 4], whole, 'i32')),
      );
      draft.output(builder.select(mask, draft.mask([3, 4]), draft.mask([3, 4])));
    },
    'what broadcasts; a branch that is not finite': (draft) => {
      const { builder } = draft;
      const x = draft.input([4, 5], signed);
      draft.output(builder.select(draft.mask([5]), x, -1));
      draft.output(builder.select(draft.mask([4, 1]), draft.input([5]), x));
      draft.output(builder.select(builder.compare('gt', x, 0), builder.log(x), 0));
    },
  },
  cast: {
    'between all types': (draft) => {
      const { builder } = draft;
      // Toward zero from f32 to i32; any number but 0 is true.
      draft.output(builder.cast(draft.input([3, 5], fractional), 'i32'));
      draft.output(
        builder.cast(
          draft.input([8], (_, index) => (index % 3) * 0.5),
          'bool',
        ),
      );
      draft.output(builder.cast(draft.input([8], whole, 'i32'), 'f32'));
      draft.output(
        builder.cast(
          draft.input([8], (_, index) => index % 3, 'i32'),
          'bool',
        ),
      );
      draft.output(builder.cast(draft.mask([2, 4]), 'f32'));
      draft.output(builder.cast(draft.mask([2, 4]), 'i32'));
      draft.output(builder.cast(draft.step(), 'f32'));
    },
  },
  stopGradient: {
    'is the identity': (draft) => {
      draft.output(draft.builder.stopGradient(draft.input([3, 2])));
      draft.output(draft.builder.neg(draft.builder.stopGradient(draft.input([]))));
    },
  },
};
