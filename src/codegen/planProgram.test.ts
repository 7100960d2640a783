import { describe, expect, test } from 'vitest';
import { defined } from '../core/invariant';
import { Builder } from '../ir/builder';
import type { Program, Value } from '../ir/types';
import { DEFAULT_LIMITS, type Kernel, type Plan } from './plan';
import { planNumbers } from './report/planNumbers';
import { planProgram } from './planProgram';
import { printPlan } from './report/printPlan';
import { verifyPlan } from './verifyPlan';

function programOf(builder: Builder, parts: Partial<Program>): Program {
  return {
    data: [],
    state: [],
    live: [],
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map(),
    ...parts,
    phases: builder.takePhases(),
  };
}

const ZERO = { kind: 'constant', value: 0 } as const;

function stateSpec(name: string, shape: readonly number[]): Program['state'][number] {
  return { name, shape, dtype: 'f32', initializer: ZERO, purpose: 'weight', origin: null };
}

function dataSpec(name: string, shape: readonly number[]): Program['data'][number] {
  return { name, shape, dtype: 'f32' };
}

function kernels(plan: Plan): Kernel[] {
  verifyPlan(plan, DEFAULT_LIMITS);
  return plan.sections.flatMap((section) => section.kernels);
}

function names(plan: Plan): string[] {
  return kernels(plan).map(({ ops }) => ops.join(' '));
}

function touches(plan: Plan): string[] {
  return kernels(plan).flatMap((kernel) =>
    kernel.touches.map(({ storage, access }) => `${storage.name} ${access}`),
  );
}

describe('fusion', () => {
  test('an elementwise chain with views is one kernel, with the step counter beside it', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [4, 3], 'f32');
    const y = builder.input('data', 'y', [3, 4], 'f32');
    const chain = builder.exp(builder.add(builder.transpose(builder.neg(x), [1, 0]), y));
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [4, 3]), dataSpec('y', [3, 4])],
        outputs: new Map([['z', chain]]),
      }),
    );
    expect(names(plan)).toEqual(['neg transpose add exp']);
    expect(kernels(plan)[0]?.name).toBe('exp %5, step');
  });

  test('what a reduction sums up is computed inside it, and a diamond only once', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [40, 30], 'f32');
    const shared = builder.unary('tanh', x);
    const sum = builder.sum(builder.mul(shared, builder.add(shared, 1)), [1]);
    const plan = planProgram(
      programOf(builder, { data: [dataSpec('x', [40, 30])], outputs: new Map([['s', sum]]) }),
    );
    expect(names(plan)).toEqual(['tanh add mul reduce.sum']);
    expect(kernels(plan)[0]?.wgsl.match(/= hyperbolicTangent\(/g)).toHaveLength(1);
  });

  test('an expression is stored before it is spread over many elements', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [30], 'f32');
    const y = builder.input('data', 'y', [40, 30], 'f32');
    const spread = (value: Value): Value => builder.mul(builder.broadcastTo(value, [40, 30]), y);
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [30]), dataSpec('y', [40, 30])],
        outputs: new Map([
          ['expensive', spread(builder.unary('erf', x))],
          ['cheap', spread(builder.neg(x))],
        ]),
      }),
    );
    expect(names(plan)).toEqual(['erf neg', 'broadcast mul broadcast mul']);
  });

  test('reshapes and leading slices cost nothing', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [6, 4], 'f32');
    const part = builder.reshape(builder.sliceAxis(x, 0, 2, 4), [8]);
    const plan = planProgram(
      programOf(builder, { data: [dataSpec('x', [6, 4])], outputs: new Map([['part', part]]) }),
    );
    expect(names(plan)).toEqual(['']);
    expect(plan.outputs.get('part')?.ref.offset).toBe(8);
  });

  test('an expression over more arrays than a kernel may bind is split', () => {
    const builder = new Builder();
    const inputs = Array.from({ length: 20 }, (_, index) =>
      builder.input('data', `x${index}`, [5], 'f32'),
    );
    const sum = inputs.reduce((left, right) => builder.add(left, right));
    const plan = planProgram(
      programOf(builder, {
        data: inputs.map((_, index) => dataSpec(`x${index}`, [5])),
        outputs: new Map([['sum', sum]]),
      }),
    );
    expect(Math.max(...kernels(plan).map(({ bindings }) => bindings.length))).toBe(8);
    expect(kernels(plan)).toHaveLength(3);
  });
});

describe('state', () => {
  test('an update that reads only its own element overwrites the old value', () => {
    const builder = new Builder();
    const w = builder.input('state', 'w', [50], 'f32');
    const next = builder.mul(w, 0.5);
    const plan = planProgram(
      programOf(builder, { state: [stateSpec('w', [50])], updates: new Map([['w', next]]) }),
    );
    expect(kernels(plan)).toHaveLength(1);
    expect(touches(plan)).toEqual(['w read_write', 'scalars.i32 read_write']);
  });

  test('an update that reads other elements, or is read over later, does not', () => {
    const reversed = new Builder();
    const w = reversed.input('state', 'w', [5, 5], 'f32');
    const turned = reversed.neg(reversed.transpose(w, [1, 0]));
    const first = planProgram(
      programOf(reversed, { state: [stateSpec('w', [5, 5])], updates: new Map([['w', turned]]) }),
    );
    expect(kernels(first).map(({ name }) => name)).toContain('new w');

    const later = new Builder();
    const v = later.input('state', 'v', [5], 'f32');
    const doubled = later.mul(v, 2);
    const old = later.dot(later.reshape(v, [5, 1]), later.reshape(doubled, [1, 5]));
    const second = planProgram(
      programOf(later, {
        state: [stateSpec('v', [5])],
        updates: new Map([['v', doubled]]),
        outputs: new Map([['old', old]]),
      }),
    );
    expect(kernels(second).map(({ name }) => name)).toContain('new v');
  });

  test('a swap takes both values aside before it writes either', () => {
    const builder = new Builder();
    const a = builder.input('state', 'a', [3], 'f32');
    const b = builder.input('state', 'b', [3], 'f32');
    const plan = planProgram(
      programOf(builder, {
        state: [stateSpec('a', [3]), stateSpec('b', [3])],
        updates: new Map([
          ['a', b],
          ['b', a],
        ]),
      }),
    );
    // All in one kernel: each thread swaps its own pair, in registers.
    expect(kernels(plan).map(({ name }) => name)).toEqual(['old b, old a, new a, new b, step']);
    expect(touches(plan).slice(0, 2)).toEqual(['a read_write', 'b read_write']);
    expect(kernels(plan)[0]?.wgsl).toMatch(
      /let (t\d) = b0\[i\];\s+let (t\d) = b0\[i \+ 16u\];\s+b0\[i\] = \2;\s+b0\[i \+ 16u\] = \1;/,
    );
  });
});

describe('joining', () => {
  test('an optimizer step is one kernel for a weight and its moments, all in place', () => {
    const builder = new Builder();
    const [w, m, v] = ['w', 'm', 'v'].map((name) => builder.input('state', name, [50, 40], 'f32'));
    if (!w || !m || !v) throw new Error('three states');
    const x = builder.input('data', 'x', [50, 50], 'f32');
    const gradient = builder.dot(x, builder.input('data', 'y', [50, 40], 'f32'));
    const mean = builder.add(builder.mul(m, 0.9), builder.mul(gradient, 0.1));
    const square = builder.add(builder.mul(v, 0.99), builder.mul(builder.square(gradient), 0.01));
    const next = builder.sub(w, builder.div(mean, builder.add(builder.sqrt(square), 1e-8)));
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [50, 50]), dataSpec('y', [50, 40])],
        state: ['w', 'm', 'v'].map((name) => stateSpec(name, [50, 40])),
        updates: new Map([
          ['w', next],
          ['m', mean],
          ['v', square],
        ]),
      }),
    );
    // The product, and in the threads that have its results all that follows.
    expect(kernels(plan).map(({ kind }) => kind)).toEqual(['matmul']);
    const written = kernels(plan)[0]?.touches.filter(({ access }) => access === 'read_write');
    expect(written?.map(({ storage }) => storage.name).sort()).toEqual([
      'm',
      'scalars.i32',
      'v',
      'w',
    ]);
  });

  test('an element that only its own kernel reads again is not stored', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [30], 'f32');
    const shared = builder.unary('tanh', x);
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [30])],
        outputs: new Map([
          ['y', builder.exp(shared)],
          ['z', builder.sqrt(shared)],
        ]),
      }),
    );
    expect(kernels(plan)).toHaveLength(1);
    expect(kernels(plan)[0]?.touches.map(({ storage }) => storage.name)).toEqual([
      'x',
      '%2',
      '%3',
      'scalars.i32',
    ]);
  });

  test('a kernel does not move before what it reads, nor over what reads its target', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [8, 8], 'f32');
    const first = builder.exp(x);
    const turned = builder.transpose(first, [1, 0]);
    const second = builder.mul(turned, 2);
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [8, 8])],
        outputs: new Map([
          ['first', first],
          ['second', second],
        ]),
      }),
    );
    // Other threads' elements are read: they must all have been written, so it takes a second dispatch.
    expect(names(plan)).toEqual(['exp', 'transpose mul']);
  });
});

describe('memory', () => {
  test('temporaries that are not alive together share buffers', () => {
    const builder = new Builder();
    const w = builder.input('data', 'w', [32, 32], 'f32');
    let x = builder.input('data', 'x', [32, 32], 'f32');
    for (let layer = 0; layer < 10; layer++) x = builder.unary('tanh', builder.dot(x, w));
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('w', [32, 32]), dataSpec('x', [32, 32])],
        outputs: new Map([['y', x]]),
      }),
    );
    // Each product with the tanh behind it.
    expect(kernels(plan)).toHaveLength(10);
    const work = plan.buffers.find(({ label }) => label === 'work f32');
    expect(work?.byteLength).toBe(3 * 32 * 32 * 4);
  });

  test('a loop runs its kernels again and again, with its carried value in place', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [9], 'f32');
    const [y] = builder.repeat(7, [builder.exp(x)], ([z]) => [
      builder.mul(defined(z, 'carried'), 0.5),
    ]);
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [9])],
        outputs: new Map([['y', defined(y, 'result')]]),
      }),
    );
    verifyPlan(plan, DEFAULT_LIMITS);
    expect(plan.sections.map(({ count, kernels: list }) => [count, list.length])).toEqual([
      [1, 1],
      [7, 1],
      [1, 1],
    ]);
    expect(planNumbers(plan).dispatchesPerStep).toBe(9);
  });

  test('a grid over 65 535 groups is folded', () => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [70_000 * 64], 'f32');
    const plan = planProgram(
      programOf(builder, {
        data: [dataSpec('x', [70_000 * 64])],
        outputs: new Map([['y', builder.neg(x)]]),
      }),
    );
    expect(kernels(plan)[0]?.workgroups).toEqual([35_001, 2]);
  });
});

test('the same program gives the same plan, and the printer shows it', () => {
  const make = (): Plan => {
    const builder = new Builder();
    const x = builder.input('data', 'x', [40, 6], 'f32');
    const w = builder.input('state', 'w', [6, 2], 'f32');
    const error = builder.withOrigin('linear-1', () => builder.dot(x, w));
    const slope = builder.dot(x, error, { left: true });
    const next = builder.sub(w, builder.mul(slope, builder.input('live', 'rate', [], 'f32')));
    const loss = builder.mean(builder.square(error));
    return planProgram(
      programOf(builder, {
        data: [dataSpec('x', [40, 6])],
        state: [stateSpec('w', [6, 2])],
        live: [{ name: 'rate', initial: 0.1 }],
        updates: new Map([['w', next]]),
        metrics: new Map([['loss', loss]]),
      }),
    );
  };
  expect(printPlan(make())).toBe(printPlan(make()));
  expect(printPlan(make())).toMatchSnapshot();
  expect(planNumbers(make()).kernels[0]?.nodes).toEqual(['linear-1']);
});
