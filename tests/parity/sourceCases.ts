import { randomKey } from '../../src/core/random';
import type { OpKind, Value } from '../../src/ir/types';
import { signed, unit, type OpCases, type ParityDraft } from './parityCase';

const KEY = randomKey(11, 'parity', 'noise');

type SourceKind =
  | 'input'
  | 'constant'
  | 'literal'
  | 'iota'
  | 'random'
  | 'sampleRows'
  | 'iteration'
  | 'carried'
  | 'repeatResult';

export const sourceCases: { readonly [K in Extract<OpKind, SourceKind>]: OpCases } = {
  input: {
    'every role is read': (draft) => {
      const { builder } = draft;
      const x = draft.input([3, 5]);
      const weight = draft.state('w', [5], { kind: 'constant', value: 0.5 });
      const scale = draft.live('scale', 1.5);
      const step = builder.cast(draft.step(), 'f32');
      draft.output(builder.add(builder.mul(builder.mul(x, weight), scale), step));
      return { steps: 3, liveAfterFirstStep: { scale: -0.25, unknown: 3 } };
    },
    'passed straight to outputs': (draft) => {
      draft.output(draft.input([2, 1, 3]));
      draft.output(draft.indices([4], 9));
      draft.output(draft.mask([5]));
      draft.output(draft.step());
      draft.output(draft.live('rate', 0.125));
      return { steps: 2 };
    },
  },
  constant: {
    'ranks and types': (draft) => {
      const { builder } = draft;
      draft.output(builder.constant(0.75));
      draft.output(builder.constant(-3, [2, 1, 5], 'i32'));
      draft.output(builder.constant(1, [7], 'bool'));
      draft.output(builder.constant(1e-20, [3, 3]));
      draft.output(builder.constant(16777215, [2], 'i32'));
    },
    'infinite, as the neutral element of max and min': (draft) => {
      const { builder } = draft;
      const x = draft.input([4, 6]);
      const mask = draft.mask([4, 6]);
      const kept = builder.select(mask, x, -Infinity);
      draft.output(builder.max(builder.reduce('max', kept, [1]), -50));
      draft.output(builder.min(x, Infinity));
    },
  },
  literal: {
    'ranks and types': (draft) => {
      const { builder } = draft;
      draft.output(builder.literal([0.1, -2.5, 3, 1e9, 7, 0]));
      draft.output(builder.literal([1, -2, 3, 4, 5, 6], [2, 3, 1], 'i32'));
      draft.output(builder.literal([1, 0, 1], [3], 'bool'));
      draft.output(builder.mul(draft.input([4, 3]), builder.literal([1, -2, 0.5])));
    },
  },
  iota: {
    'each axis': (draft) => {
      const { builder } = draft;
      draft.output(builder.iota([17], 0));
      draft.output(builder.iota([3, 1, 5], 0));
      draft.output(builder.iota([3, 1, 5], 1));
      draft.output(builder.iota([3, 4, 5, 2], 2));
      draft.output(builder.cast(builder.iota([2, 9], 1), 'f32'));
    },
  },
  random: {
    'by the step': (draft) => {
      draft.output(draft.builder.random(KEY, draft.step(), [13, 7]));
      return { steps: 3, relativeTolerance: 0, absoluteTolerance: 0 };
    },
    'ranks 0 and 5, a fixed counter, a key with high bits': (draft) => {
      const { builder } = draft;
      const key = [0xffffffff, 0x80000001] as const;
      draft.output(builder.random(key, builder.constant(5, [], 'i32'), []));
      draft.output(builder.random(key, draft.step(), [2, 1, 3, 2, 2]));
      draft.output(builder.random(KEY, builder.constant(-1, [], 'i32'), [9]));
      return { steps: 2, relativeTolerance: 0, absoluteTolerance: 0 };
    },
    'a counter computed from the step': (draft) => {
      const { builder } = draft;
      const counter = builder.add(builder.mul(draft.step(), 3), 1);
      draft.output(builder.random(KEY, counter, [70, 33]));
      return { steps: 2, relativeTolerance: 0, absoluteTolerance: 0 };
    },
  },
  sampleRows: {
    'across the border of epochs': (draft) => {
      const { builder } = draft;
      const rows = builder.sampleRows(KEY, draft.step(), 23, 8);
      draft.output(rows);
      draft.metric('rows', builder.sum(builder.mul(builder.cast(rows, 'f32'), 0.5)));
      return { steps: 7 };
    },
    'a batch of several epochs; one row': (draft) => {
      const { builder } = draft;
      draft.output(builder.sampleRows(KEY, draft.step(), 5, 13));
      draft.output(builder.sampleRows(KEY, draft.step(), 1, 4));
      return { steps: 2 };
    },
    'rows gathered from a data set': (draft) => {
      const { builder } = draft;
      const table = draft.input([1797, 6], unit);
      draft.output(builder.gather(table, builder.sampleRows(KEY, draft.step(), 1797, 64)));
      return { steps: 4 };
    },
  },
  iteration: {
    'summed up': (draft) => {
      const { builder } = draft;
      const [sum] = builder.repeat(5, [draft.input([3])], ([x], iteration) => [
        builder.add(x as Value, builder.cast(iteration, 'f32')),
      ]);
      draft.output(sum as Value);
    },
    'as a random counter': (draft) => {
      const { builder } = draft;
      const step = draft.step();
      const [noise] = builder.repeat(4, [draft.input([9])], ([x], iteration) => {
        const counter = builder.add(builder.mul(step, 4), iteration);
        return [builder.add(builder.mul(x as Value, 0.5), builder.random(KEY, counter, [9]))];
      });
      draft.output(noise as Value);
      return { steps: 3 };
    },
  },
  carried: {
    'gradient descent on captured values': (draft) => {
      const { builder } = draft;
      const matrix = draft.input([6, 4], (random) => random.uniform() - 0.5);
      const target = draft.input([5, 6]);
      const start = builder.constant(0, [5, 4]);
      const [z] = builder.repeat(8, [start], ([now]) => {
        const error = builder.sub(builder.dot(now as Value, matrix, { right: true }), target);
        return [builder.sub(now as Value, builder.mul(builder.dot(error, matrix), 0.3))];
      });
      draft.output(z as Value);
      return { relativeTolerance: 1e-4 };
    },
    'two values that change places': (draft) => {
      const { builder } = draft;
      const first = draft.input([2, 3]);
      const second = draft.input([2, 3]);
      const swapped = builder.repeat(3, [first, second], ([a, b]) => [b as Value, a as Value]);
      swapped.forEach((value) => draft.output(value));
      draft.output(first);
    },
    'three values, each of them made of the last ones': (draft) => {
      const { builder } = draft;
      const inputs = [draft.input([4]), draft.input([4]), draft.input([4])];
      const results = builder.repeat(3, inputs, ([a, b, c]) => [
        builder.mul(builder.add(b as Value, c as Value), 0.5),
        a as Value,
        builder.sub(a as Value, b as Value),
      ]);
      results.forEach((value) => draft.output(value));
    },
    'unchanged, replaced by a captured value, and i32': (draft) => {
      const { builder } = draft;
      const captured = draft.input([3]);
      const results = builder.repeat(
        2,
        [draft.input([3]), draft.input([3]), builder.constant(1, [], 'i32')],
        ([kept, , count]) => [kept as Value, captured, builder.mul(count as Value, 3)],
      );
      results.forEach((value) => draft.output(value));
    },
    'a reduction and a mask': (draft) => {
      const { builder } = draft;
      const [x, mask] = builder.repeat(
        4,
        [draft.input([7, 3]), draft.mask([3])],
        ([value, flags]) => [
          builder.sub(value as Value, builder.mul(builder.sum(value as Value, [0]), 0.05)),
          builder.unary('not', flags as Value),
        ],
      );
      draft.output(x as Value);
      draft.output(mask as Value);
    },
  },
  repeatResult: {
    'read by a later repeat and by an update': (draft) => {
      const { builder } = draft;
      const weight = draft.state('w', [3], { kind: 'constant', value: 1 });
      const shrink = (value: Value, count: number): Value =>
        builder.repeat(count, [value], ([now]) => [
          builder.sub(now as Value, builder.mul(builder.square(now as Value), 0.25)),
        ])[0] as Value;
      const first = shrink(builder.add(weight, draft.input([3], unit)), 2);
      const second = shrink(builder.mul(first, 0.5), 3);
      draft.output(builder.add(first, second));
      draft.update('w', second);
      draft.metric('sum', builder.sum(second));
      return { steps: 3 };
    },
    'of one iteration, and the same initial value twice': (draft) => {
      const { builder } = draft;
      const x = draft.input([2, 2], signed);
      twice(draft, x).forEach((value) => draft.output(value));
      draft.output(builder.neg(x));
    },
  },
};

function twice(draft: ParityDraft, x: Value): Value[] {
  const { builder } = draft;
  return builder.repeat(1, [x, x], ([a, b]) => [
    builder.add(a as Value, 1),
    builder.mul(b as Value, 2),
  ]);
}
