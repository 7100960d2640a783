import { Builder } from '../ir/builder';
import type { Program, Shape, StateSpec } from '../ir/types';
import type { Engine } from './engine';

/** A step of what people train here: an MLP 64-128-32 on a batch of 256. */
const BATCH = 256;
const WIDTHS = [64, 128, 32] as const;

const WARM_UP_STEPS = 4;
/** Measured for at least so long: shorter, and timers and the first submits decide. */
const MEASURE_MS = 120;
const MAXIMUM_STEPS = 4096;

export interface Calibration<E extends Engine = Engine> {
  readonly engine: E;
  /** The evidence in one sentence, for the badge. */
  readonly reason: string;
}

/**
 * Trains a small network on each of the engines for a moment and picks the fastest; the first of them on a draw. All
 * stay the caller's. An engine that fails loses; rejects when all fail.
 */
export async function calibrate<E extends Engine>(
  engines: readonly E[],
  /** Milliseconds of a steady clock; for tests. */
  now: () => number = () => performance.now(),
): Promise<Calibration<E>> {
  const measured: { readonly engine: E; readonly rate: number | string }[] = [];
  // One after the other: side by side they would share the processor.
  for (const engine of engines) measured.push({ engine, rate: await rateOf(engine, now) });
  let best: { readonly engine: E; readonly rate: number } | null = null;
  for (const { engine, rate } of measured) {
    if (typeof rate === 'number' && rate > (best?.rate ?? -Infinity)) best = { engine, rate };
  }
  if (best === null) throw new Error(measured.map(({ rate }) => rate).join('; '));
  const rates = measured.map(({ engine, rate }) => shown(engine, rate)).join(', ');
  return { engine: best.engine, reason: `Steps a second in a short test here: ${rates}.` };
}

function shown({ info }: Engine, rate: number | string): string {
  const name = `${info.name} (${info.backend})`;
  if (typeof rate === 'string') return `${name} failed: ${rate}`;
  return `${name} ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}`;
}

/** Steps a second, or why it failed. */
async function rateOf(engine: Engine, now: () => number): Promise<number | string> {
  try {
    return await measure(engine, now);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function measure(engine: Engine, now: () => number): Promise<number> {
  const input = Float32Array.from({ length: BATCH * WIDTHS[0] }, (_, i) => ((i * 37) % 101) / 101);
  const executable = await engine.compile(calibrationProgram(), new Map([['x', input]]));
  try {
    await executable.run(WARM_UP_STEPS);
    await executable.drainMetrics();
    for (let steps = 1; ; steps *= 2) {
      const started = now();
      await executable.run(steps);
      const { values } = await executable.drainMetrics();
      const elapsed = now() - started;
      if (!values.every((value) => Number.isFinite(value))) throw new Error('a wrong result');
      if (elapsed >= MEASURE_MS || steps * 2 > Math.min(MAXIMUM_STEPS, executable.ringCapacity)) {
        return (steps * 1000) / Math.max(elapsed, 1e-3);
      }
    }
  } finally {
    executable.dispose();
  }
}

/** Gradient descent on mean(y²), y = relu(x·W₁)·W₂, with its gradients written out. */
function calibrationProgram(): Program {
  const [inputs, hidden, outputs] = WIDTHS;
  const b = new Builder();
  const x = b.input('data', 'x', [BATCH, inputs], 'f32');
  const first = b.input('state', 'first', [inputs, hidden], 'f32');
  const second = b.input('state', 'second', [hidden, outputs], 'f32');
  const before = b.dot(x, first);
  const activation = b.relu(before);
  const y = b.dot(activation, second);
  const slope = b.mul(y, 2 / (BATCH * outputs));
  const slopeBefore = b.select(
    b.compare('gt', before, 0),
    b.dot(slope, second, { right: true }),
    0,
  );
  const descend = (weight: typeof x, gradient: typeof x) => b.sub(weight, b.mul(gradient, 0.01));
  return {
    data: [{ name: 'x', shape: x.shape, dtype: 'f32' }],
    state: [weightSpec('first', first.shape), weightSpec('second', second.shape)],
    live: [],
    updates: new Map([
      ['first', descend(first, b.dot(x, slopeBefore, { left: true }))],
      ['second', descend(second, b.dot(activation, slope, { left: true }))],
    ]),
    metrics: new Map([['loss', b.mean(b.square(y))]]),
    outputs: new Map(),
    phases: b.takePhases(),
  };
}

function weightSpec(name: string, shape: Shape): StateSpec {
  const initializer = { kind: 'normal', deviation: 0.1, key: [1, name.length] } as const;
  return { name, shape, dtype: 'f32', initializer, purpose: 'weight', origin: null };
}
