import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import { DEFAULT_OPTIMIZERS, type OptimizerSettings } from '../../document/schema';
import type { Executable, HostArray } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { compileEvaluation } from './compileEvaluation';
import { compileTraining } from './compileTraining';
import { loadData } from './loadData';
import { stillTrains } from './sameTrainingProgram';

interface Schedules {
  readonly f?: Readonly<Record<string, unknown>>;
  readonly g?: Readonly<Record<string, unknown>>;
}

const SGD = { kind: 'sgd', momentum: 0 } as const;

/** f and g, of which f has running statistics, towards each other; h uses the weights of f, e their average. */
function graph({ f = {}, g = {} }: Schedules, optimizer: OptimizerSettings = SGD) {
  const mlp = { widths: [3], width: 2, normalisation: 'batch' } as const;
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.mlp', { ...mlp, ...f }],
      g: ['module.linear', { width: 2, ...g }],
      h: ['module.mlp', { ...mlp, rate: 0 }],
      e: ['module.mlp', mlp],
      tie: 'weights.tie',
      average: ['weights.ema', { tau: 0.5 }],
      distance: 'energy.squared',
      tied: 'energy.squared',
      averaged: 'energy.squared',
    },
    edges: [
      ...['points.x -> f.in', 'points.y -> g.in', 'f.out -> distance.a', 'g.out -> distance.b'],
      ...['f.weights -> tie.weights', 'tie.weights -> h.weights', 'points.x -> h.in'],
      ...['f.weights -> average.weights', 'average.weights -> e.weights', 'points.x -> e.in'],
      ...['h.out -> tied.a', 'g.out -> tied.b', 'e.out -> averaged.a', 'g.out -> averaged.b'],
    ],
    training: { batchSize: 8, learningRate: 0.05, optimizer },
  });
}

type State = ReadonlyMap<string, HostArray>;

interface Trained {
  readonly executable: Executable;
  /** Before the first step and after each. */
  readonly states: readonly State[];
  readonly norms: readonly number[];
}

async function train(document: ReturnType<typeof graph>, steps: number): Promise<Trained> {
  const compiled = compileTraining(analyse(document, registry));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program, data } = compiled.value;
  const asset = () => Promise.reject(new Error('no files'));
  const loaded = await loadData(data, { seed: 1, asset });
  if (!loaded.ok) throw new Error('expected data');
  const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
  const states: State[] = [await executable.readState()];
  for (let step = 0; step < steps; step++) {
    await executable.run(1);
    states.push(await executable.readState());
  }
  const { names, values, rows } = await executable.drainMetrics();
  const column = names.indexOf('gradNorm');
  const norms = Array.from(
    { length: rows },
    (_, row) => values[row * names.length + column] ?? NaN,
  );
  return { executable, states, norms };
}

/** Everything of a node: weights, statistics, the optimizer's arrays for them. */
function ofNode(states: readonly State[], at: number, node: string): Record<string, number[]> {
  const state = defined(states[at], `state ${at}`);
  const mine = [...state].filter(([name]) => new RegExp(`(^|/)${node}(\\.|$)`).test(name));
  return Object.fromEntries(mine.map(([name, array]) => [name, [...array]]));
}

const OPTIMIZERS: readonly OptimizerSettings[] = [
  DEFAULT_OPTIMIZERS.sgd,
  DEFAULT_OPTIMIZERS.adam,
  { ...DEFAULT_OPTIMIZERS.adamw, weightDecay: 0.5 },
];

describe.each(OPTIMIZERS)('a frozen module, by $kind', (optimizer) => {
  it('keeps weights, moments and statistics bit for bit, and the others move', async () => {
    const { states } = await train(graph({ f: { trainUntil: 2 } }, optimizer), 5);
    const at = (step: number) => ofNode(states, step, 'f');
    expect(Object.keys(at(0))).toContain('f.0.mean');
    expect(at(1)).not.toEqual(at(0));
    expect(at(2)).not.toEqual(at(1));
    for (const step of [3, 4, 5]) expect(at(step)).toEqual(at(2));
    for (const step of [1, 2, 3, 4, 5]) {
      expect(ofNode(states, step, 'g')).not.toEqual(ofNode(states, step - 1, 'g'));
    }
  });

  it('that is trained later begins as if it were the first step', async () => {
    const { states } = await train(graph({ g: { trainFrom: 3 } }, optimizer), 5);
    for (const step of [1, 2, 3]) {
      expect(ofNode(states, step, 'g')).toEqual(ofNode(states, 0, 'g'));
    }
    // A program whose g was trained from the start, in the state that f was in by then.
    const late = await train(graph({}, optimizer), 0);
    const start = new Map(defined(states[3], 'state'));
    const moments = [...start].filter(([name]) => /^optimizer\//.test(name));
    for (const [name] of moments) start.delete(name);
    const fresh = defined(late.states[0], 'state');
    late.executable.writeState(new Map([...fresh, ...start].filter(([n]) => fresh.has(n))), 3);
    await late.executable.run(1);
    const after = await late.executable.readState(['g.weight', 'g.bias']);
    for (const [name, array] of after) {
      const here = defined(states[4]?.get(name), name);
      array.forEach((value, i) => expect(here[i]).toBeCloseTo(value, 12));
    }
  });
});

describe('what else follows', () => {
  it('a factor scales the step of its weights, and of no others', async () => {
    const [plain, half] = [await train(graph({}), 1), await train(graph({ f: { rate: 0.5 } }), 1)];
    const moves = ({ states }: Trained, node: string): number[] => {
      const [before, after] = [ofNode(states, 0, node), ofNode(states, 1, node)];
      return Object.entries(after)
        .filter(([name]) => !/mean|variance/.test(name))
        .flatMap(([name, values]) => values.map((v, i) => v - (before[name]?.[i] ?? NaN)));
    };
    const [whole, halves] = [moves(plain, 'f'), moves(half, 'f')];
    expect(whole.some((move) => Math.abs(move) > 1e-4)).toBe(true);
    whole.forEach((move, i) => expect(halves[i]).toBeCloseTo(move / 2, 14));
    expect(moves(half, 'g')).toEqual(moves(plain, 'g'));
  });

  it('the factor is live, and 0 keeps weights where they are', async () => {
    const { executable, states } = await train(graph({ f: { rate: 0.5 } }), 1);
    executable.setLive({ 'f.rate': 0 });
    await executable.run(2);
    const later = [...states, await executable.readState()];
    const weights = (at: number) => later[at]?.get('f.1.weight');
    expect(weights(1)).not.toEqual(weights(0));
    expect(weights(2)).toEqual(weights(1));
    expect(ofNode(later, 2, 'g')).not.toEqual(ofNode(later, 1, 'g'));
  });

  it('the norm counts what is trained, and so does clipping', async () => {
    const all = await train(graph({}), 1);
    const one = await train(graph({ f: { trainUntil: 0 } }), 1);
    const other = await train(graph({ g: { trainUntil: 0 } }), 1);
    const [whole = NaN] = all.norms;
    const [ofG = NaN] = one.norms;
    const [ofF = NaN] = other.norms;
    expect(Math.min(ofG, ofF)).toBeGreaterThan(0.01);
    expect(Math.hypot(ofG, ofF)).toBeCloseTo(whole, 12);
    // By SGD the norm of the step is the rate times the limit.
    const document = graph({ f: { trainUntil: 0 } });
    const clipNorm = ofG / 4;
    const clipped = { ...document, training: { ...document.training, clipNorm } };
    const { states } = await train(clipped, 1);
    const [before, after] = [ofNode(states, 0, 'g'), ofNode(states, 1, 'g')];
    const moves = Object.entries(after).flatMap(([name, values]) =>
      values.map((value, i) => value - (before[name]?.[i] ?? NaN)),
    );
    expect(Math.hypot(...moves)).toBeCloseTo(0.05 * clipNorm, 6);
  });

  it('the owner of tied weights decides, and an average goes on following', async () => {
    // h has a factor of 0 of its own, which says nothing of the weights of f.
    const free = await train(graph({}), 1);
    expect(free.states[1]?.get('f.1.weight')).not.toEqual(free.states[0]?.get('f.1.weight'));
    const { states } = await train(graph({ f: { trainUntil: 1 } }), 3);
    const f = defined(states[3]?.get('f.1.weight'), 'weights');
    expect(f).toEqual(states[1]?.get('f.1.weight'));
    const distance = (at: number): number => {
      const average = defined(states[at]?.get('average.1.weight'), 'average');
      return Math.hypot(...[...average].map((value, i) => value - (f[i] ?? NaN)));
    };
    // τ = ½: what is left between them halves in each step.
    expect(distance(1)).toBeGreaterThan(1e-5);
    expect(distance(3)).toBeCloseTo(distance(1) / 4, 14);
  });
});

it('verdicts count the steps that have trained all that a node is computed from', () => {
  const evaluation = compileEvaluation(
    analyse(graph({ f: { trainFrom: 20 }, g: { trainFrom: 30 } }), registry),
  );
  if (!evaluation.ok) throw new Error(JSON.stringify(evaluation.diagnostics));
  expect([...evaluation.value.trainedFrom].sort()).toEqual([
    ['averaged', 30],
    ['distance', 30],
    ['e', 20],
    ['f', 20],
    ['g', 30],
    ['h', 20],
    ['tied', 30],
  ]);
});

describe('what compiles anew', () => {
  const plain = analyse(graph({}), registry);
  const half = analyse(graph({ f: { rate: 0.5 } }), registry);

  it('a factor that was 1, and not one that becomes 1', () => {
    expect(stillTrains(plain, half)).toBe(false);
    expect(stillTrains(half, plain)).toBe(true);
    expect(stillTrains(half, analyse(graph({ f: { rate: 0.7 } }), registry))).toBe(true);
    expect(stillTrains(half, analyse(graph({ g: { rate: 0.7 } }), registry))).toBe(false);
  });

  it('steps of training', () => {
    const until = analyse(graph({ f: { trainUntil: 9 } }), registry);
    expect(stillTrains(plain, until)).toBe(false);
    expect(stillTrains(until, analyse(graph({ f: { trainUntil: 10 } }), registry))).toBe(false);
  });

  it('nothing where all is as by default', () => {
    const explicit = graph({ f: { rate: 1, trainFrom: 0, trainUntil: null } });
    expect(stillTrains(plain, analyse(explicit, registry))).toBe(true);
  });
});
