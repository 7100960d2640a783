import type { ConvAttributes, OpKind, ReduceKind, Shape, Value } from '../../src/ir/types';
import { convOutputSize } from '../../src/ir/typeRules/productTypes';
import {
  distinct,
  signed,
  unit,
  whole,
  type CaseMaker,
  type OpCases,
  type ParityDraft,
} from './parityCase';

type ProductKind =
  'reduce' | 'argReduce' | 'dot' | 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient';

const REDUCTIONS: readonly (readonly [Shape, readonly number[]])[] = [
  [[7], [0]],
  [[1], [0]],
  [[3, 5], [0]],
  [[3, 5], [1]],
  [
    [3, 5],
    [0, 1],
  ],
  [[2, 3, 4], [1]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 1, 4, 3],
    [1, 3],
  ],
  [
    [2, 3, 1, 2, 5],
    [0, 2, 4],
  ],
  [
    [2, 3, 1, 2, 5],
    [1, 3],
  ],
  [[129, 65], [0]],
  [[129, 65], [1]],
];

function reduction(kind: ReduceKind): CaseMaker {
  return (draft) => {
    for (const [shape, axes] of REDUCTIONS) {
      draft.output(draft.builder.reduce(kind, draft.input(shape), axes));
    }
    draft.output(draft.builder.reduce(kind, draft.input([4, 3], whole, 'i32'), [0]));
    return { relativeTolerance: 1e-4 };
  };
}

interface DotShape {
  readonly batch: Shape;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

const DOTS: readonly DotShape[] = [
  { batch: [], rows: 1, inner: 1, columns: 1 },
  { batch: [], rows: 5, inner: 7, columns: 3 },
  { batch: [], rows: 1, inner: 33, columns: 9 },
  { batch: [], rows: 17, inner: 4, columns: 1 },
  { batch: [], rows: 64, inner: 65, columns: 32 },
  { batch: [], rows: 37, inner: 130, columns: 71 },
  { batch: [], rows: 10, inner: 1000, columns: 6 },
  { batch: [3], rows: 4, inner: 5, columns: 2 },
  { batch: [2, 3], rows: 3, inner: 1, columns: 4 },
  { batch: [2, 1, 3], rows: 2, inner: 6, columns: 5 },
];

function dotCase(left: boolean, right: boolean): CaseMaker {
  return (draft) => {
    for (const { batch, rows, inner, columns } of DOTS) {
      const x = draft.input([...batch, ...(left ? [inner, rows] : [rows, inner])]);
      const y = draft.input([...batch, ...(right ? [columns, inner] : [inner, columns])]);
      draft.output(draft.builder.dot(x, y, { left, right }));
    }
    return { relativeTolerance: 1e-4, absoluteTolerance: 3e-4 };
  };
}

interface ConvShape extends ConvAttributes {
  readonly input: Shape;
  readonly filter: Shape;
}

const CONVOLUTIONS: Readonly<Record<string, ConvShape>> = {
  'one by one': {
    input: [1, 1, 1, 1],
    filter: [1, 1, 1, 1],
    strides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  'three by three, same size': {
    input: [2, 6, 5, 3],
    filter: [3, 3, 3, 4],
    strides: [1, 1],
    padding: [
      [1, 1],
      [1, 1],
    ],
  },
  'stride 2 that does not divide': {
    input: [2, 8, 7, 2],
    filter: [3, 2, 2, 3],
    strides: [2, 2],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  'stride 2, padded on one side': {
    input: [3, 8, 8, 1],
    filter: [3, 3, 1, 5],
    strides: [2, 2],
    padding: [
      [0, 1],
      [0, 1],
    ],
  },
  'unequal strides and padding': {
    input: [1, 9, 6, 2],
    filter: [2, 4, 2, 2],
    strides: [3, 1],
    padding: [
      [1, 0],
      [2, 3],
    ],
  },
  'filter as large as its input': {
    input: [4, 5, 5, 2],
    filter: [5, 5, 2, 3],
    strides: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
  },
  'stride larger than the filter': {
    input: [2, 10, 11, 1],
    filter: [2, 2, 1, 2],
    strides: [4, 3],
    padding: [
      [0, 0],
      [1, 1],
    ],
  },
};

function resultShape({ input, filter, strides, padding }: ConvShape): Shape {
  const [batch = 0, height = 0, width = 0] = input;
  const [filterHeight = 0, filterWidth = 0, , channels = 0] = filter;
  const size = convOutputSize([height, width], [filterHeight, filterWidth], { strides, padding });
  return [batch, ...size, channels];
}

function convolutionCases(
  make: (draft: ParityDraft, shape: ConvShape, attributes: ConvAttributes) => void,
): OpCases {
  return Object.fromEntries(
    Object.entries(CONVOLUTIONS).map(([name, shape]): [string, CaseMaker] => [
      name,
      (draft) => {
        make(draft, shape, { strides: shape.strides, padding: shape.padding });
        return { relativeTolerance: 1e-4, absoluteTolerance: 1e-4 };
      },
    ]),
  );
}

export const productCases: { readonly [K in Extract<OpKind, ProductKind>]: OpCases } = {
  reduce: {
    sum: reduction('sum'),
    max: reduction('max'),
    min: reduction('min'),
    'a long sum': (draft) => {
      const x = draft.input([70001], unit);
      draft.output(draft.builder.sum(x));
      draft.output(draft.builder.reduce('max', x));
      draft.metric('mean', draft.builder.mean(x));
      return { relativeTolerance: 2e-4 };
    },
    'many rows, and of rank 5 to a scalar': (draft) => {
      const { builder } = draft;
      draft.output(builder.sum(draft.input([3, 5000], unit), [1]));
      draft.output(builder.sum(draft.input([5000, 3], unit), [0]));
      draft.output(builder.sum(draft.input([3, 4, 5, 4, 3])));
      return { relativeTolerance: 2e-4, absoluteTolerance: 1e-4 };
    },
    'with a prologue and an epilogue': (draft) => {
      const { builder } = draft;
      const x = draft.input([17, 9]);
      const norm = builder.sqrt(builder.sum(builder.square(x), [1]));
      draft.output(builder.div(x, builder.broadcast(norm, [17, 9], [0])));
    },
    'in two stages over the same value': (draft) => {
      const { builder } = draft;
      const x = draft.input([6, 5, 4], signed);
      draft.output(builder.sum(builder.exp(builder.sum(x, [2])), [0]));
      draft.output(builder.reduce('min', builder.reduce('max', x, [0]), [1]));
      return { relativeTolerance: 1e-4 };
    },
  },
  argReduce: Object.fromEntries(
    (['max', 'min'] as const).map((kind): [string, CaseMaker] => [
      kind,
      (draft) => {
        const { builder } = draft;
        draft.output(builder.argReduce(kind, draft.input([9], distinct(9)), 0));
        draft.output(builder.argReduce(kind, draft.input([1], distinct(1)), 0));
        draft.output(builder.argReduce(kind, draft.input([4, 7], distinct(28)), 0));
        draft.output(builder.argReduce(kind, draft.input([4, 7], distinct(28)), 1));
        draft.output(builder.argReduce(kind, draft.input([2, 3, 5], distinct(30)), 1));
        draft.output(builder.argReduce(kind, draft.input([2, 300], distinct(600)), 1));
        draft.output(builder.argReduce(kind, draft.input([6, 2], whole, 'i32'), 0));
        // Exactly equal values: the first one counts.
        draft.output(
          builder.argReduce(
            kind,
            draft.input([3, 6], (_, index) => index % 2),
            1,
          ),
        );
      },
    ]),
  ),
  dot: {
    plain: dotCase(false, false),
    'left transposed': dotCase(true, false),
    'right transposed': dotCase(false, true),
    'both transposed': dotCase(true, true),
    // Triangles of one to nine tiles a side, in stacks, with what follows on both halves.
    'a value with itself': (draft) => {
      const { builder } = draft;
      for (const shape of [
        [40, 12],
        [9, 64],
        [70, 33],
        [2, 24, 17],
      ]) {
        const x = draft.input(shape);
        for (const transposed of [{ left: true }, { right: true }]) {
          const product = builder.dot(x, x, transposed);
          const rank = product.shape.length;
          const row = builder.iota(product.shape, rank - 2);
          const column = builder.iota(product.shape, rank - 1);
          draft.output(builder.select(builder.compare('eq', row, column), 0, product));
        }
      }
      return { relativeTolerance: 1e-4, absoluteTolerance: 1e-4 };
    },
    'few results of a long inner extent': (draft) => {
      const { builder } = draft;
      for (const inner of [1024, 1030]) {
        const left = draft.input([inner, 18]);
        draft.output(builder.dot(left, draft.input([inner, 20]), { left: true }));
        draft.output(builder.dot(left, left, { left: true }));
      }
      return { relativeTolerance: 1e-4, absoluteTolerance: 1e-3 };
    },
    'operands that are views': (draft) => {
      const { builder } = draft;
      const heads = (): Value => builder.transpose(draft.input([2, 9, 3, 8]), [0, 2, 1, 3]);
      const [queries, keys, values] = [heads(), heads(), heads()];
      const scores = builder.dot(queries, keys, { right: true });
      draft.output(builder.dot(scores, values));
      const part = builder.sliceAxis(draft.input([30, 12]), 1, 2, 10);
      draft.output(builder.dot(part, builder.broadcastTo(draft.input([1, 20]), [8, 20])));
      return { relativeTolerance: 1e-4, absoluteTolerance: 1e-4 };
    },
    'a layer: bias and activation': (draft) => {
      const { builder } = draft;
      const x = draft.input([33, 20]);
      const weights = draft.input([20, 17], signed);
      draft.output(builder.relu(builder.add(builder.dot(x, weights), draft.input([17]))));
      return { relativeTolerance: 1e-4, absoluteTolerance: 1e-4 };
    },
  },
  conv2d: convolutionCases((draft, shape, attributes) => {
    const x = draft.input(shape.input);
    draft.output(draft.builder.conv2d(x, draft.input(shape.filter), attributes));
  }),
  conv2dInputGradient: convolutionCases((draft, shape, attributes) => {
    const gradient = draft.input(resultShape(shape));
    const filter = draft.input(shape.filter);
    draft.output(draft.builder.conv2dInputGradient(gradient, filter, shape.input, attributes));
  }),
  conv2dFilterGradient: convolutionCases((draft, shape, attributes) => {
    const x = draft.input(shape.input);
    const gradient = draft.input(resultShape(shape));
    draft.output(draft.builder.conv2dFilterGradient(x, gradient, shape.filter, attributes));
  }),
};
