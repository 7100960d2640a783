import { expect, test } from 'vitest';
import { Builder } from '../ir/builder';
import type { Program, Value } from '../ir/types';
import { planProgram } from './planProgram';
import { printSources } from './report/printPlan';

function sources(
  shapes: readonly (readonly number[])[],
  make: (builder: Builder, inputs: readonly Value[]) => Value,
  cooperative = true,
): string {
  const builder = new Builder();
  const inputs = shapes.map((shape, index) => builder.input('data', `x${index}`, shape, 'f32'));
  const output = make(builder, inputs);
  const program: Program = {
    data: shapes.map((shape, index) => ({ name: `x${index}`, shape, dtype: 'f32' })),
    state: [],
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([['y', output]]),
  };
  return printSources(planProgram(program, { cooperative }));
}

function first([x]: readonly Value[]): Value {
  if (!x) throw new Error('a case needs an input');
  return x;
}

// What is emitted is kept, so that a change to it is seen and meant.
test('a fused chain with a bias', () => {
  const code = sources([[64, 48], [48]], (b, [x, y]) =>
    b.relu(b.add(first([x as Value]), y as Value)),
  );
  expect(code).toMatchSnapshot();
});

test('a long sum, in two kernels with a tree each', () => {
  expect(sources([[100_000]], (b, inputs) => b.sum(b.square(first(inputs))))).toMatchSnapshot();
});

test('a tiled product', () => {
  const code = sources(
    [
      [100, 70],
      [90, 70],
    ],
    (b, [x, y]) => b.dot(x as Value, y as Value, { right: true }),
  );
  expect(code).toMatchSnapshot();
});

test('a product of threads that work alone, with what follows in its last loop', () => {
  const code = sources(
    [[100, 70], [70, 90], [90]],
    (b, [x, y, bias]) => b.relu(b.add(b.dot(x as Value, y as Value), bias as Value)),
    false,
  );
  expect(code).toMatchSnapshot();
});

test('the rows of a softmax are one kernel: what threads make alone stays with them', () => {
  const code = sources([[64, 10]], (b, inputs) => {
    const x = first(inputs);
    const shifted = b.sub(x, b.broadcast(b.reduce('max', x, [1]), [64, 10], [0]));
    const powers = b.exp(shifted);
    return b.div(powers, b.broadcast(b.sum(powers, [1]), [64, 10], [0]));
  });
  expect(code).toMatchSnapshot();
});

test('columns are gone over by a workgroup each', () => {
  const code = sources([[256, 64]], (b, inputs) => {
    const x = first(inputs);
    const mean = b.mean(x, [0]);
    const centred = b.sub(x, b.broadcastTo(mean, [256, 64]));
    return b.mul(centred, b.broadcastTo(b.sum(b.square(centred), [0]), [256, 64]));
  });
  expect(code).toMatchSnapshot();
});

test('random numbers are made by Threefry-2x32-20', () => {
  const code = sources([], (b) => b.random([1, 2], b.input('step', 'step', [], 'i32'), [1000]));
  expect(code).toMatchSnapshot();
});
