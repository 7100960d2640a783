import type { OpKind } from '../../src/ir/types';
import { whole, type OpCases } from './parityCase';

export const indexingCases: { readonly [K in Extract<OpKind, 'gather' | 'scatterAdd'>]: OpCases } =
  {
    gather: {
      'tables and indices of several ranks': (draft) => {
        const { builder } = draft;
        draft.output(builder.gather(draft.input([9]), draft.indices([5], 9)));
        draft.output(builder.gather(draft.input([9, 4]), draft.indices([], 9)));
        draft.output(builder.gather(draft.input([6, 2, 3]), draft.indices([7], 6)));
        draft.output(builder.gather(draft.input([1, 3]), draft.indices([4], 1)));
        draft.output(builder.gather(draft.input([5, 2]), draft.indices([3, 1, 4], 5)));
        draft.output(builder.gather(draft.input([8, 2], whole, 'i32'), draft.indices([6], 8)));
        draft.output(builder.gather(draft.mask([8, 2]), draft.indices([6], 8)));
      },
      'a computed table and computed indices': (draft) => {
        const { builder } = draft;
        const table = builder.exp(draft.input([7, 3]));
        const best = builder.argReduce('max', draft.input([5, 7]), 1);
        draft.output(builder.gather(table, best));
      },
    },
    scatterAdd: {
      'repeated indices are added up': (draft) => {
        const { builder } = draft;
        draft.output(builder.scatterAdd(draft.indices([20], 4), draft.input([20]), [4]));
        draft.output(builder.scatterAdd(draft.indices([15], 6), draft.input([15, 3]), [6, 3]));
        draft.output(builder.scatterAdd(draft.indices([3, 5], 4), draft.input([3, 5, 2]), [4, 2]));
        draft.output(builder.scatterAdd(draft.indices([], 4), draft.input([2, 3]), [4, 2, 3]));
        draft.output(builder.scatterAdd(draft.indices([200], 3), draft.input([200, 17]), [3, 17]));
        return { absoluteTolerance: 5e-5 };
      },
      'rows that none hits stay zero': (draft) => {
        const { builder } = draft;
        draft.output(builder.scatterAdd(draft.indices([4], 2), draft.input([4, 2]), [50, 2]));
      },
      i32: (draft) => {
        const { builder } = draft;
        const updates = draft.input([9], whole, 'i32');
        draft.output(builder.scatterAdd(draft.indices([9], 4), updates, [4]));
      },
    },
  };
