import { expect, test } from 'vitest';
import { Builder } from '../ir/builder';
import type { Program, Value } from '../ir/types';
import { planProgram } from './planProgram';
import { printSources } from './printPlan';

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

test('a product of threads that work alone: one source for all shapes', () => {
  const product = (rows: number): string =>
    sources(
      [
        [rows, 70],
        [70, 90],
      ],
      (b, [x, y]) => b.dot(x as Value, y as Value),
      false,
    );
  expect(product(100)).toBe(product(200));
  expect(product(100)).toMatchSnapshot();
});

test('random numbers are made by Threefry-2x32-20', () => {
  const code = sources([], (b) => b.random([1, 2], b.input('step', 'step', [], 'i32'), [1000]));
  expect(code).toMatchSnapshot();
});
