import { describe, expect, it } from 'vitest';
import { defined } from '../../core/invariant';
import type { OptimizerSettings } from '../../document/schema';
import type { Executable } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { Builder } from '../../ir/builder';
import type { Program, StateSpec } from '../../ir/types';
import { verifyProgram } from '../../ir/verify';
import { gradients } from '../autodiff/gradients';
import { simplify } from '../simplify/simplify';
import { GUARD_STATE, optimize } from './optimize';
import type { Schedule } from './schedule';

const CONSTANT: Schedule = { kind: 'constant', warmupSteps: 0, totalSteps: 100, finalFraction: 0 };

interface Settings {
  readonly optimizer: OptimizerSettings;
  readonly schedule?: Schedule;
  readonly clipNorm?: number | null;
}

// L(a, b) = Σ (a − (1, −2))²·s + b⁴/4·s, with s = step + 1 so that gradients differ between steps,
// plus a live `poison`.
const START = { a: [0.5, 0.25], b: [2] };

const gradientAt = (a: readonly number[], b: readonly number[], step: number) => ({
  a: [1, -2].map((target, i) => 2 * ((a[i] ?? 0) - target) * (step + 1)),
  b: [(b[0] ?? 0) ** 3 * (step + 1)],
});

function spec(name: string, shape: number[]): StateSpec {
  return {
    name,
    shape,
    dtype: 'f32',
    initializer: { kind: 'constant', value: 0 },
    purpose: 'weight',
    origin: name,
  };
}

function trainingProgram({ optimizer, schedule = CONSTANT, clipNorm = null }: Settings): Program {
  const builder = new Builder();
  const specs = [spec('a', [2]), spec('b', []), spec('mean', [2])];
  const [a, b, mean] = [
    builder.input('state', 'a', [2], 'f32'),
    builder.input('state', 'b', [], 'f32'),
    builder.input('state', 'mean', [2], 'f32'),
  ];
  const step = builder.input('step', 'step', [], 'i32');
  const scale = builder.add(builder.cast(step, 'f32'), 1);
  const distance = builder.sum(builder.square(builder.sub(a, builder.literal([1, -2]))));
  const quartic = builder.mul(builder.square(builder.square(b)), 0.25);
  const loss = builder.add(
    builder.mul(builder.add(distance, quartic), scale),
    builder.log(builder.input('live', 'poison', [], 'f32')),
  );
  const [byA, byB] = gradients(builder, loss, [a, b]);
  const made = optimize(builder, {
    weights: [
      { spec: defined(specs[0], 'a'), value: a, gradient: defined(byA, 'gradient') },
      { spec: defined(specs[1], 'b'), value: b, gradient: defined(byB, 'gradient') },
    ],
    statistics: [{ name: 'mean', current: mean, next: builder.add(mean, 1) }],
    averages: [],
    loss,
    step,
    learningRate: builder.input('live', 'rate', [], 'f32'),
    optimizer,
    schedule,
    clipNorm,
  });
  return {
    data: [],
    state: [...specs, ...made.state],
    packs: made.packs,
    live: [
      { name: 'rate', initial: 0.1 },
      { name: 'poison', initial: 1 },
    ],
    phases: builder.takePhases(),
    updates: made.updates,
    metrics: new Map([
      ['norm', made.gradientNorm],
      ['rate', made.learningRate],
    ]),
    outputs: new Map(),
  };
}

async function start(settings: Settings): Promise<Executable> {
  const program = trainingProgram(settings);
  verifyProgram(program);
  const executable = await createReferenceEngine().compile(simplify(program), new Map());
  executable.writeState(
    new Map(Object.entries(START).map(([name, values]) => [name, Float64Array.from(values)])),
  );
  return executable;
}

async function weightsAfter(executable: Executable, steps: number): Promise<number[]> {
  await executable.run(steps);
  const state = await executable.readState(['a', 'b']);
  return ['a', 'b'].flatMap((name) => [...defined(state.get(name), name)]);
}

/** A plain second implementation on one flat vector, by PyTorch's documented formulas. */
function plainTraining(
  { optimizer, clipNorm = null }: Settings,
  rates: readonly number[],
): number[] {
  let w = [...START.a, ...START.b];
  const slots = w.map(() => ({ u: 0, m: 0, v: 0 }));
  rates.forEach((rate, step) => {
    const made = gradientAt(w.slice(0, 2), w.slice(2), step);
    let g = [...made.a, ...made.b];
    const norm = Math.hypot(...g);
    if (clipNorm !== null && norm > clipNorm) g = g.map((x) => (x * clipNorm) / (norm + 1e-6));
    const t = step + 1;
    w = w.map((value, i) => {
      const slot = defined(slots[i], 'slot');
      const slope = g[i] ?? NaN;
      if (optimizer.kind === 'sgd') {
        slot.u = optimizer.momentum * slot.u + slope;
        return value - rate * slot.u;
      }
      const { beta1, beta2, epsilon } = optimizer;
      slot.m = beta1 * slot.m + (1 - beta1) * slope;
      slot.v = beta2 * slot.v + (1 - beta2) * slope ** 2;
      const mHat = slot.m / (1 - beta1 ** t);
      const vHat = slot.v / (1 - beta2 ** t);
      const decayed =
        optimizer.kind === 'adamw' ? value * (1 - rate * optimizer.weightDecay) : value;
      return decayed - (rate * mHat) / (Math.sqrt(vHat) + epsilon);
    });
  });
  return w;
}

function expectClose(actual: readonly number[], expected: readonly number[], digits = 10): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, digits));
}

const ADAM = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const OPTIMIZERS: readonly OptimizerSettings[] = [
  { kind: 'sgd', momentum: 0 },
  { kind: 'sgd', momentum: 0.9 },
  ADAM,
  { kind: 'adamw', beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.2 },
];

describe('update rules', () => {
  it.each(OPTIMIZERS)('%j does as the plain implementation, clipped or not', async (optimizer) => {
    // The live rate starts as 0.1 in float64; SGD without clipping would run away with it.
    for (const clipNorm of [null, 1.5]) {
      const executable = await start({ optimizer, clipNorm });
      const rate = optimizer.kind === 'sgd' ? 0.01 : 0.1;
      executable.setLive({ rate });
      const rates = new Array<number>(12).fill(rate);
      expectClose(
        await weightsAfter(executable, rates.length),
        plainTraining({ optimizer, clipNorm }, rates),
      );
    }
  });

  it('moves by hand-computed amounts at the first step', async () => {
    // Gradients at the start: (−1, 4.5) and 8.
    expectClose(
      await weightsAfter(await start({ optimizer: { kind: 'sgd', momentum: 0.9 } }), 1),
      [0.6, -0.2, 1.2],
    );
    // Adam's first step is the rate against the sign, but for ε: g/(|g| + 1e-8).
    expectClose(await weightsAfter(await start({ optimizer: ADAM }), 1), [
      0.5 + 0.1 / (1 + 1e-8),
      0.25 - (0.1 * 4.5) / (4.5 + 1e-8),
      2 - (0.1 * 8) / (8 + 1e-8),
    ]);
    // AdamW shrinks by 1 − 0.1·0.5 first.
    const adamw = { ...ADAM, kind: 'adamw', weightDecay: 0.5 } as const;
    expectClose(
      await weightsAfter(await start({ optimizer: adamw }), 1),
      [0.475 + 0.1, 0.2375 - 0.1, 1.9 - 0.1],
      7,
    );
  });

  it('reports the norm before clipping', async () => {
    const executable = await start({ optimizer: ADAM, clipNorm: 0.01 });
    await executable.run(1);
    const { names, values } = await executable.drainMetrics();
    expect(values[names.indexOf('norm')]).toBeCloseTo(Math.hypot(-1, 4.5, 8), 12);
  });

  it('has zeroed bookkeeping of purpose optimizer, attributed to the weights’ nodes', () => {
    const { state } = trainingProgram({ optimizer: ADAM });
    const slots = state.filter(({ purpose }) => purpose === 'optimizer');
    expect(slots.map(({ name, origin }) => [name, origin])).toEqual([
      ['optimizer/correction1', null],
      ['optimizer/correction2', null],
      ['optimizer/mean/a', 'a'],
      ['optimizer/mean/b', 'b'],
      ['optimizer/meanSquare/a', 'a'],
      ['optimizer/meanSquare/b', 'b'],
      [GUARD_STATE, null],
    ]);
  });
});

describe('schedules', () => {
  async function ratesOf(schedule: Schedule, steps: number): Promise<number[]> {
    const executable = await start({ optimizer: ADAM, schedule });
    await executable.run(steps);
    const { names, values } = await executable.drainMetrics();
    return [...values].filter((_, i) => i % names.length === names.indexOf('rate'));
  }

  it('constant, with and without warm-up', async () => {
    expectClose(await ratesOf(CONSTANT, 3), [0.1, 0.1, 0.1]);
    const warm = await ratesOf({ ...CONSTANT, warmupSteps: 4 }, 6);
    expectClose(warm, [0.025, 0.05, 0.075, 0.1, 0.1, 0.1]);
  });

  it('cosine to the final fraction, and level after the end', async () => {
    const cosine: Schedule = { kind: 'cosine', warmupSteps: 0, totalSteps: 4, finalFraction: 0.2 };
    const factor = (p: number): number => 0.2 + 0.8 * 0.5 * (1 + Math.cos(Math.PI * p));
    expectClose(
      await ratesOf(cosine, 7),
      [0, 0.25, 0.5, 0.75, 1, 1, 1].map((p) => 0.1 * factor(p)),
    );
  });

  it('warm-up, then cosine over the remaining steps', async () => {
    const both: Schedule = { kind: 'cosine', warmupSteps: 2, totalSteps: 6, finalFraction: 0 };
    const half = (p: number): number => 0.05 * (1 + Math.cos(Math.PI * p));
    expectClose(await ratesOf(both, 7), [0.05, 0.1, ...[0, 0.25, 0.5, 0.75, 1].map(half)]);
  });

  it('may be all warm-up', async () => {
    const all: Schedule = { kind: 'cosine', warmupSteps: 9, totalSteps: 3, finalFraction: 0 };
    expectClose(await ratesOf(all, 3), [0.1 / 9, 0.2 / 9, 0.3 / 9]);
  });
});

describe('the guard', () => {
  it.each([
    ['NaN', -1],
    ['infinite', 0],
  ])('keeps all state from a step whose loss is %s on, until it is opened', async (_, poison) => {
    const executable = await start({ optimizer: ADAM });
    await executable.run(3);
    const sound = await executable.readState();
    expect([...defined(sound.get('mean'), 'mean')]).toEqual([3, 3]);

    executable.setLive({ poison });
    await executable.run(1);
    executable.setLive({ poison: 1 });
    await executable.run(2);
    const frozen = await executable.readState();
    expect([...defined(frozen.get(GUARD_STATE), 'guard')]).toEqual([0]);
    for (const [name, array] of sound) {
      if (name !== GUARD_STATE) expect([...defined(frozen.get(name), name)]).toEqual([...array]);
    }

    // Opened, at the step it stopped at, it goes on as if nothing had been.
    executable.writeState(new Map([[GUARD_STATE, Float32Array.of(1)]]), 3);
    const went = await weightsAfter(executable, 4);
    expectClose(went, await weightsAfter(await start({ optimizer: ADAM }), 7), 14);
  });

  it('closes when the gradient overflows though the loss is finite', async () => {
    const executable = await start({ optimizer: { kind: 'sgd', momentum: 0 } });
    executable.writeState(new Map([['b', Float64Array.of(1e76)]]));
    await executable.run(1);
    const state = await executable.readState(['b', GUARD_STATE]);
    expect([...state.values()].map(([value]) => value)).toEqual([1e76, 0]);
  });
});
