import { randomKey } from '../../src/core/random';
import { logSoftmax, softmax, standardNormal } from '../../src/ir/compose';
import { positive, unit, type OpCases } from './parityCase';

const KEY = randomKey(3, 'weights', 'initial');

/** What belongs to no single op: state, updates, metrics and live scalars over several steps. */
export const stateCases: OpCases = {
  'initial states': (draft) => {
    draft.output(draft.state('constant', [3, 2], { kind: 'constant', value: 0.25 }));
    draft.output(draft.state('uniform', [31, 7], { kind: 'uniform', bound: 0.5, key: KEY }));
    draft.output(draft.state('normal', [40, 9], { kind: 'normal', deviation: 0.1, key: KEY }));
    draft.output(draft.state('count', [], { kind: 'constant', value: 7 }, 'i32'));
    draft.output(draft.state('flags', [4], { kind: 'constant', value: 1 }, 'bool'));
  },
  'a running mean, a counter and a metric': (draft) => {
    const { builder } = draft;
    const mean = draft.state('mean', [5]);
    const count = draft.state('count', [], { kind: 'constant', value: 10 }, 'i32');
    const step = builder.cast(draft.step(), 'f32');
    const batch = builder.mean(builder.mul(draft.input([8, 5], unit), builder.add(step, 1)), [0]);
    const next = builder.add(builder.mul(mean, 0.9), builder.mul(batch, 0.1));
    draft.update('mean', next);
    draft.update('count', builder.sub(count, 1));
    draft.metric('norm', builder.sum(builder.square(next)));
    draft.metric('count', builder.cast(count, 'f32'));
    draft.output(next);
    draft.output(mean, 'before');
    return { steps: 6 };
  },
  'states that change places; a state copied to another': (draft) => {
    const a = draft.state('a', [6], { kind: 'uniform', bound: 1, key: KEY });
    const b = draft.state('b', [6], { kind: 'constant', value: 2 });
    draft.state('c', [6]);
    draft.update('a', b);
    draft.update('b', a);
    draft.update('c', a);
    return { steps: 3 };
  },
  'old values are read after new ones are made': (draft) => {
    const { builder } = draft;
    const a = draft.state('a', [4], { kind: 'constant', value: 1 });
    const next = builder.mul(a, 2);
    draft.update('a', next);
    draft.output(builder.add(next, a));
    draft.output(a);
    draft.output(a, 'again');
    return { steps: 4 };
  },
  'updates from data, a constant and one value for two states': (draft) => {
    const { builder } = draft;
    const x = draft.input([3]);
    draft.state('data', [3]);
    draft.state('constant', [3]);
    draft.state('first', [3]);
    draft.state('second', [3]);
    draft.state('untouched', [2], { kind: 'constant', value: 5 });
    const shared = builder.exp(x);
    draft.update('data', x);
    draft.update('constant', builder.constant(3, [3]));
    draft.update('first', shared);
    draft.update('second', shared);
    return { steps: 2 };
  },
  'i32 and bool state': (draft) => {
    const { builder } = draft;
    const rows = draft.state('rows', [4], { kind: 'constant', value: 1 }, 'i32');
    const flags = draft.state('flags', [4], { kind: 'constant', value: 0 }, 'bool');
    draft.update('rows', builder.add(builder.mul(rows, 2), builder.iota([4], 0)));
    draft.update('flags', builder.binary('or', flags, builder.compare('gt', rows, 10)));
    draft.output(builder.select(flags, rows, -1));
    return { steps: 5 };
  },
  'a live scalar changed between steps, and metrics of sources': (draft) => {
    const { builder } = draft;
    const rate = draft.live('rate', 0.5);
    const weight = draft.state('w', [3], { kind: 'constant', value: 1 });
    draft.update('w', builder.sub(weight, builder.mul(draft.input([3], unit), rate)));
    draft.metric('rate', rate);
    draft.metric('constant', builder.constant(2.5));
    draft.metric('mean', builder.mean(weight));
    draft.metric('same', rate);
    return { steps: 4, liveAfterFirstStep: { rate: -0.25 } };
  },
  'least squares by gradient descent': (draft) => {
    const { builder } = draft;
    const table = draft.input([50, 6]);
    const truth = draft.input([6, 2]);
    const weight = draft.state('w', [6, 2], { kind: 'normal', deviation: 0.3, key: KEY });
    const rows = builder.sampleRows(KEY, draft.step(), 50, 16);
    const x = builder.gather(table, rows);
    const error = builder.sub(builder.dot(x, weight), builder.dot(x, truth));
    draft.update(
      'w',
      builder.sub(weight, builder.mul(builder.dot(x, error, { left: true }), 0.01)),
    );
    draft.metric('loss', builder.mean(builder.square(error)));
    return { steps: 20, relativeTolerance: 1e-3, absoluteTolerance: 1e-4 };
  },
  'standard normals, as noise of each step': (draft) => {
    const { builder } = draft;
    draft.output(standardNormal(builder, KEY, draft.step(), [64, 33]));
    // Rational functions of a uniform that is exact: few roundings.
    return { steps: 2, relativeTolerance: 5e-6, absoluteTolerance: 1e-6 };
  },
  'cross-entropy of a softmax': (draft) => {
    const { builder } = draft;
    const logits = builder.mul(draft.input([12, 10]), 8);
    const labels = draft.indices([12], 10);
    const classes = builder.iota([12, 10], 1);
    const chosen = builder.compare('eq', classes, builder.broadcast(labels, [12, 10], [0]));
    const likelihood = builder.select(chosen, logSoftmax(builder, logits, 1), 0);
    draft.metric('loss', builder.mul(builder.sum(likelihood), -1 / 12));
    draft.output(softmax(builder, logits, 1));
    return { relativeTolerance: 1e-4 };
  },
  'no state, no metrics': (draft) => {
    draft.output(draft.builder.log(draft.input([2], positive)));
    return { steps: 2 };
  },
};
