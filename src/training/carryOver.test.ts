import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { compileTraining } from '../compiler/programs/compileTraining';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { ownClocks } from '../compiler/optimizer/optimize';
import { defined } from '../core/invariant';
import { DEFAULT_OPTIMIZERS, type BasinDocument } from '../document/schema';
import type { Executable, HostArrays } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { loadData } from '../compiler/programs/loadData';
import { carryOver } from './carryOver';
import { fatesSentence, moduleFates } from './moduleFates';
import { completeSnapshot } from './snapshots';

type Nodes = Parameters<typeof sketchDocument>[0]['nodes'];

const MODULES = {
  f: ['module.mlp', { widths: [6], width: 3, normalisation: 'batch' }],
  g: ['module.linear', { width: 3 }],
} as const satisfies Nodes;

const EDGES = [
  ...['points.x -> f.in', 'points.y -> g.in', 'f.out -> distance.a', 'g.out -> distance.b'],
  ...['f.out -> scores.in'],
];

function graph(
  nodes: Nodes = {},
  edges: readonly string[] = [],
  training: Partial<BasinDocument['training']> = {},
): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      ...MODULES,
      distance: 'energy.squared',
      scores: 'probe.linear',
      ...nodes,
    },
    edges: [...EDGES, 'points.y -> scores.target', ...edges],
    training: { batchSize: 8, learningRate: 0.01, optimizer: DEFAULT_OPTIMIZERS.adam, ...training },
  });
}

interface Running {
  readonly executable: Executable;
  readonly state: () => Promise<HostArrays>;
  /** Of what the carried state had and the program has no place for. */
  readonly unused: readonly string[];
}

async function open(document: BasinDocument, from?: HostArrays, step = 0): Promise<Running> {
  const analysis = analyse(document, registry);
  const compiled = compileTraining(analysis, from && ownClocks(from));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics));
  const { program, data } = compiled.value;
  const asset = () => Promise.reject(new Error('no files'));
  const loaded = await loadData(data, { seed: document.training.seed, asset });
  if (!loaded.ok) throw new Error('expected data');
  const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
  let unused: readonly string[] = [];
  if (from !== undefined) {
    const initial = await executable.readState();
    const { value, diagnostics } = completeSnapshot(program, { step, state: from }, initial);
    unused = diagnostics.map(({ message }) => message);
    executable.writeState(value.state, step);
  }
  return { executable, state: () => executable.readState(), unused };
}

async function trainedState(document: BasinDocument, steps = 9): Promise<HostArrays> {
  const { executable, state } = await open(document);
  await executable.run(steps);
  return state();
}

function carry(before: BasinDocument, after: BasinDocument, state: HostArrays) {
  return carryOver(analyse(before, registry), analyse(after, registry), state);
}

const numbers = (state: HostArrays, pattern: RegExp): Record<string, number[]> =>
  Object.fromEntries(
    [...state].filter(([name]) => pattern.test(name)).map(([name, array]) => [name, [...array]]),
  );

describe('carryOver', () => {
  it('keeps everything where nothing of a shape changes, so that the run goes on as it would have', async () => {
    const before = graph();
    const state = await trainedState(before);
    const { state: carried, fates } = carry(before, graph(), state);
    expect(fates.map(({ nodeId, anew }) => [nodeId, anew])).toEqual([
      ['f', null],
      ['g', null],
    ]);
    const whole = await open(before);
    await whole.executable.run(14);
    const other = await open(before, carried, 9);
    expect(other.unused).toEqual([]);
    await other.executable.run(5);
    expect(numbers(await other.state(), /./)).toEqual(numbers(await whole.state(), /./));
  });

  it('starts a module anew whose shapes change, with its statistics and moments', async () => {
    const before = graph();
    const after = graph({ f: ['module.mlp', { ...MODULES.f[1], widths: [9] }] });
    const state = await trainedState(before);
    const { state: carried, fates } = carry(before, after, state);
    expect(fatesSentence(fates, 'Kept')).toBe(
      'Kept the weights of 1 of 2 modules; f starts anew (6→9).',
    );
    expect(numbers(carried, /(^|\/)f\./)).toEqual({});
    expect(numbers(carried, /(^|\/)g\./)).toEqual(numbers(state, /(^|\/)g\./));
    const { unused, executable } = await open(after, carried, 9);
    expect(unused).toEqual([]);
    // What begins among what goes on takes a first step of Adam: the rate against the sign of the gradient.
    const start = await executable.readState();
    await executable.run(1);
    const end = await executable.readState();
    const moved = (name: string): number[] =>
      [...defined(end.get(name), name)].map((value, i) => value - (start.get(name)?.[i] ?? NaN));
    const steps = moved('f.1.weight').map(Math.abs);
    expect(Math.max(...steps)).toBeCloseTo(0.01, 4);
    // By the rate that the moments of g had come to, and not by a first step.
    expect(Math.max(...moved('g.weight').map(Math.abs))).toBeLessThan(0.0099);
  });

  it('counts the steps of what began later for as long as the run goes on', async () => {
    const before = graph();
    const after = graph({ f: ['module.mlp', { ...MODULES.f[1], widths: [9] }] });
    const first = carry(before, after, await trainedState(before)).state;
    const { executable, state } = await open(after, first, 9);
    await executable.run(3);
    const again = await state();
    const second = carry(after, graph(), again);
    expect(second.fates.map(({ anew }) => anew)).toEqual(['9→6', null]);
    const corrections = numbers(again, /correction1( of|$)/);
    expect(corrections['optimizer/correction1 of f']?.[0]).toBeCloseTo(1 - 0.9 ** 3, 12);
    expect(corrections['optimizer/correction1']?.[0]).toBeCloseTo(1 - 0.9 ** 12, 12);
    const third = carry(after, after, again).state;
    expect(numbers(third, /correction/)).toEqual(
      numbers(again, /correction[12]( of|$)|correction.*scores/),
    );
  });

  it('keeps weights and begins with new moments under another optimizer', async () => {
    const before = graph();
    const after = graph({}, [], { optimizer: DEFAULT_OPTIMIZERS.sgd });
    const state = await trainedState(before);
    const { state: carried } = carry(before, after, state);
    expect(numbers(carried, /^[fg]\./)).toEqual(numbers(state, /^[fg]\./));
    expect((await open(after, carried, 9)).unused).toEqual([]);
    expect(numbers(carried, /momentum|mean(Square)?\/[fg]/)).toEqual({});
  });

  it('gives what is not tied any longer, and what becomes an average, what it shared', async () => {
    const mlp = MODULES.f;
    const pair = { h: mlp, both: 'energy.squared', tie: 'weights.tie' } as const;
    const edges = ['points.x -> h.in', 'h.out -> both.a', 'g.out -> both.b'] as const;
    const tied = graph(pair, [...edges, 'f.weights -> tie.weights', 'tie.weights -> h.weights']);
    const free = graph(pair, [...edges, 'f.weights -> tie.weights']);
    const state = await trainedState(tied);
    const carried = carry(tied, free, state);
    expect(carried.fates.map(({ anew }) => anew)).toEqual([null, null, null]);
    expect([...defined(carried.state.get('h.0.weight'), 'h')]).toEqual([
      ...defined(state.get('f.0.weight'), 'f'),
    ]);
    expect((await open(free, carried.state, 9)).unused).toEqual([]);
    const ema = { ...pair, tie: 'weights.ema' } as const;
    const averaged = graph(ema, [...edges, 'f.weights -> tie.weights', 'tie.weights -> h.weights']);
    const average = carry(tied, averaged, state).state;
    expect(average.get('tie.0.weight')).toEqual(state.get('f.0.weight'));
    expect((await open(averaged, average, 9)).unused).toEqual([]);
  });

  it('takes over nothing that is not finite', async () => {
    const state = new Map(await trainedState(graph()));
    state.set('g.weight', Float32Array.of(1, NaN, 2));
    const { fates, state: carried } = carry(graph(), graph(), state);
    expect(fatesSentence(fates, 'Kept')).toBe(
      'Kept the weights of 1 of 2 modules; g starts anew (it was not finite).',
    );
    expect(numbers(carried, /(^|\/)g\./)).toEqual({});
  });

  it('tells modules that freeze and thaw by their own steps', async () => {
    const before = graph();
    const frozen = graph({ g: ['module.linear', { width: 3, trainUntil: 10 }] });
    const state = await trainedState(before);
    const { state: carried } = carry(before, frozen, state);
    const there = await open(frozen, carried, 9);
    expect(there.unused).toEqual([]);
    await there.executable.run(4);
    const later = await there.state();
    expect(later.get('optimizer/correction1 of g')?.[0]).toBeCloseTo(1 - 0.9 ** 10, 12);
    const { state: back } = carry(frozen, before, later);
    expect((await open(before, back, 13)).unused).toEqual([]);
    expect(back.get('optimizer/correction1 of g')).toEqual(later.get('optimizer/correction1 of g'));
  });
});

describe('fates', () => {
  const fatesOf = (after: BasinDocument): string =>
    fatesSentence(moduleFates(analyse(graph(), registry), analyse(after, registry)), 'Keeps');
  it.each([
    ['nothing', graph(), 'Keeps the weights of all 2 modules.'],
    [
      'another kind',
      graph({ g: ['module.mlp', { width: 3 }] }),
      'Keeps the weights of 1 of 2 modules; g starts anew (new).',
    ],
    [
      'other layers',
      graph({ f: ['module.mlp', { ...MODULES.f[1], widths: [6, 6] }] }),
      'Keeps the weights of 1 of 2 modules; f starts anew (other layers).',
    ],
    [
      'all',
      graph({
        f: ['module.mlp', { ...MODULES.f[1], width: 4 }],
        g: ['module.linear', { width: 4 }],
      }),
      'No weights fit: f (3→4), g (3→4) start anew.',
    ],
  ])('are told before a run goes on: %s', (_, after, sentence) => {
    expect(fatesOf(after)).toBe(sentence);
  });
});
