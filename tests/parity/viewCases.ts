import type { OpKind, Shape, Value } from '../../src/ir/types';
import { whole, type OpCases } from './parityCase';

type ViewKind = 'reshape' | 'transpose' | 'broadcast' | 'slice' | 'pad' | 'concat';

const BROADCASTS: readonly (readonly [Shape, Shape, readonly number[]])[] = [
  [[], [], []],
  [[], [5], []],
  [[], [2, 1, 3], []],
  [[1], [7], [0]],
  [[4], [4, 3], [0]],
  [[4], [3, 4], [1]],
  [[5], [2, 5, 3], [1]],
  [
    [2, 3],
    [2, 5, 3],
    [0, 2],
  ],
  [
    [2, 1],
    [2, 5, 3],
    [0, 2],
  ],
  [
    [1, 3],
    [4, 1, 3],
    [0, 2],
  ],
  [
    [3, 1, 2],
    [3, 4, 5, 6, 2],
    [0, 2, 4],
  ],
  [[64], [33, 64], [1]],
  [[33], [33, 64], [0]],
];

const TRANSPOSES: readonly (readonly [Shape, readonly number[]])[] = [
  [
    [3, 5],
    [1, 0],
  ],
  [
    [1, 7],
    [1, 0],
  ],
  [
    [2, 3, 4],
    [2, 0, 1],
  ],
  [
    [2, 3, 4],
    [0, 2, 1],
  ],
  [
    [2, 3, 4],
    [1, 0, 2],
  ],
  [
    [2, 3, 1, 5],
    [3, 1, 0, 2],
  ],
  [
    [2, 3, 1, 2, 3],
    [4, 2, 0, 3, 1],
  ],
  [
    [65, 33],
    [1, 0],
  ],
];

export const viewCases: { readonly [K in Extract<OpKind, ViewKind>]: OpCases } = {
  reshape: {
    'ranks 0 to 5': (draft) => {
      const { builder } = draft;
      draft.output(builder.reshape(draft.input([1, 1]), []));
      draft.output(builder.reshape(draft.input([]), [1, 1, 1]));
      draft.output(builder.reshape(draft.input([6, 5]), [30]));
      draft.output(builder.reshape(draft.input([30]), [2, 1, 3, 5, 1]));
      draft.output(builder.neg(builder.reshape(draft.input([4, 9]), [6, 2, 3])));
      draft.output(builder.reshape(draft.input([4, 3], whole, 'i32'), [2, 6]));
      draft.output(builder.reshape(draft.mask([4, 3]), [12]));
    },
    'of a transposed value': (draft) => {
      const { builder } = draft;
      const transposed = builder.transpose(draft.input([3, 4]), [1, 0]);
      draft.output(builder.reshape(transposed, [2, 6]));
    },
  },
  transpose: {
    permutations: (draft) => {
      for (const [shape, permutation] of TRANSPOSES) {
        draft.output(draft.builder.transpose(draft.input(shape), permutation));
      }
      draft.output(draft.builder.transpose(draft.input([3, 4], whole, 'i32'), [1, 0]));
      draft.output(draft.builder.transpose(draft.mask([3, 4]), [1, 0]));
    },
    'with elementwise neighbours': (draft) => {
      const { builder } = draft;
      const x = draft.input([4, 5]);
      const y = draft.input([5, 4]);
      draft.output(builder.add(builder.transpose(builder.exp(x), [1, 0]), y));
    },
  },
  broadcast: {
    'leading, middle and trailing axes': (draft) => {
      for (const [from, to, axes] of BROADCASTS) {
        draft.output(draft.builder.broadcast(draft.input(from), to, axes));
      }
      draft.output(draft.builder.broadcast(draft.input([3], whole, 'i32'), [3, 4], [0]));
      draft.output(draft.builder.broadcast(draft.mask([4]), [2, 4, 3], [1]));
    },
    'of a computed value into an expression': (draft) => {
      const { builder } = draft;
      const x = draft.input([6, 4, 3]);
      const mean = builder.mean(x, [0, 2]);
      draft.output(builder.sub(x, builder.broadcast(mean, [6, 4, 3], [1])));
    },
  },
  slice: {
    'inner, leading and trailing parts': (draft) => {
      const { builder } = draft;
      draft.output(builder.slice(draft.input([9]), [2], [7]));
      draft.output(builder.slice(draft.input([5, 6]), [1, 0], [4, 3]));
      draft.output(builder.slice(draft.input([5, 6]), [4, 5], [5, 6]));
      draft.output(builder.slice(draft.input([2, 3, 4, 2, 3]), [0, 1, 1, 0, 2], [2, 3, 2, 1, 3]));
      draft.output(builder.sliceAxis(draft.input([4, 7, 3]), 1, 3, 6));
      draft.output(builder.sliceAxis(draft.input([8], whole, 'i32'), 0, 3, 6));
      draft.output(builder.sliceAxis(draft.mask([8]), 0, 1, 6));
    },
    'of one column, into expressions and reductions': (draft) => {
      const { builder } = draft;
      const x = draft.input([64, 3]);
      const column = (index: number): Value => builder.sliceAxis(x, 1, index, index + 1);
      draft.output(builder.mul(column(1), 0.5));
      draft.output(builder.sub(column(2), column(0)));
      draft.output(builder.sum(builder.square(column(1))));
      const y = builder.add(draft.input([8, 6, 4]), draft.input([4]));
      draft.output(builder.exp(builder.slice(y, [0, 0, 2], [8, 6, 3])));
      const turned = builder.transpose(x, [1, 0]);
      draft.output(builder.mul(builder.transpose(builder.sliceAxis(turned, 0, 1, 2), [1, 0]), 3));
      const chosen = builder.compare('gt', builder.sliceAxis(draft.input([64, 2]), 1, 1, 2), 0);
      draft.output(builder.select(chosen, column(0), 0));
    },
  },
  pad: {
    'widths and values': (draft) => {
      const { builder } = draft;
      draft.output(builder.pad(draft.input([3]), [2], [1]));
      draft.output(builder.pad(draft.input([3, 4]), [0, 2], [1, 0], -1.5));
      draft.output(builder.pad(draft.input([1, 2, 2, 3]), [0, 1, 2, 0], [0, 2, 1, 0]));
      draft.output(builder.pad(draft.input([1, 1, 2, 1, 2]), [1, 0, 0, 0, 2], [0, 1, 0, 0, 1], 7));
      draft.output(builder.pad(draft.input([3], whole, 'i32'), [1], [2], 4));
      draft.output(builder.pad(draft.mask([3]), [1], [2]));
    },
  },
  concat: {
    'two and three operands on each axis': (draft) => {
      const { builder } = draft;
      draft.output(builder.concat([draft.input([3]), draft.input([1]), draft.input([4])], 0));
      draft.output(builder.concat([draft.input([2, 3]), draft.input([4, 3])], 0));
      draft.output(
        builder.concat([draft.input([3, 2]), draft.input([3, 1]), draft.input([3, 5])], 1),
      );
      draft.output(
        builder.concat([draft.input([2, 1, 3]), draft.input([2, 4, 3]), draft.input([2, 2, 3])], 1),
      );
      draft.output(builder.concat([draft.input([1, 2, 1, 2, 2]), draft.input([1, 2, 1, 2, 3])], 4));
      draft.output(
        builder.concat([draft.input([2], whole, 'i32'), draft.input([3], whole, 'i32')], 0),
      );
      draft.output(builder.concat([draft.mask([2, 2]), draft.mask([2, 1])], 1));
    },
    'an operand twice, and of many': (draft) => {
      const { builder } = draft;
      const x = draft.input([2, 3]);
      draft.output(builder.concat([x, builder.neg(x), x], 1));
      const many = Array.from({ length: 11 }, (_, index) => draft.input([1 + (index % 3), 2]));
      draft.output(builder.concat(many, 0));
    },
  },
};
