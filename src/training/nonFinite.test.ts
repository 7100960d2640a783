import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { stateName, LIVE } from '../compiler/names';
import { compileDiagnosis } from '../compiler/programs/compileDiagnosis';
import { compileTraining } from '../compiler/programs/compileTraining';
import { loadData } from '../compiler/programs/loadData';
import { sketchDocument } from '../compiler/testing/testGraphs';
import type { Diagnostic } from '../core/diagnostic';
import type { BasinDocument } from '../document/schema';
import { success } from '../core/result';
import type { Engine } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { createTfjsEngine } from '../engine/tfjs/createTfjsEngine';
import { nonFiniteDiagnostic, unsoundStateDiagnostic } from './nonFiniteDiagnostic';
import { unsoundState, type NonFiniteSource } from './nonFiniteSource';
import { prepareTraining, type Keeper } from './prepareTraining';
import { TrainingSession } from './session';

/** y ≈ x·w₁·w₂, with a second reader of h = x·w₁ that nothing goes wrong in. */
const CHAIN = sketchDocument({
  nodes: {
    points: ['data.points', { shape: 'parabola' }],
    first: ['module.linear', { width: 1, bias: false }],
    second: ['module.linear', { width: 1, bias: false }],
    aside: ['module.linear', { width: 1, bias: false }],
    distance: 'energy.squared',
    other: 'energy.squared',
  },
  edges: [
    'points.x -> first.in',
    'first.out -> second.in',
    'first.out -> aside.in',
    'second.out -> distance.a',
    'points.y -> distance.b',
    'aside.out -> other.a',
    'points.y -> other.b',
  ],
  training: {
    batchSize: 8,
    steps: 10,
    learningRate: 0.01,
    optimizer: { kind: 'sgd', momentum: 0 },
  },
});

/**
 * Opens a session on given weights of `first`, `second` and `aside`, takes a step, and returns it with its first error.
 * Beyond 3.4e38 a number is infinite on every engine; the reference engine computes with more than that.
 */
async function run(
  [first, second, aside]: readonly [number, number, number],
  live: Readonly<Record<string, number>> = {},
  engine: Engine = createReferenceEngine(),
) {
  const given = { first, second, aside };
  const state = Object.entries(given).map(
    ([id, value]) => [stateName(id, 'weight'), Float64Array.of(value)] as const,
  );
  return runFrom(CHAIN, new Map(state), live, engine);
}

async function runFrom(
  document: BasinDocument,
  state: ReadonlyMap<string, Float64Array>,
  live: Readonly<Record<string, number>>,
  engine: Engine,
): Promise<{ session: TrainingSession; told: Diagnostic | undefined }> {
  const told: Diagnostic[] = [];
  const session = new TrainingSession({
    prepare: () =>
      prepareTraining(analyse(document, registry), {
        asset: () => Promise.reject(new Error('no files')),
      }),
    engineFactory: () => Promise.resolve(success({ engine, reason: 'For a test.' })),
    totalSteps: 1,
    evaluateEvery: 1,
    emit: (event) => {
      if (event.kind === 'diagnostics') told.push(...event.diagnostics);
    },
  });
  await session.open();
  await session.restore({ step: 0, state });
  session.setLive(live);
  session.run();
  await session.whenStopped();
  return { session, told: told.find(({ severity }) => severity === 'error') };
}

describe('a step whose values are finite and whose derivatives are not', () => {
  it('names the input by which a derivative was the first to go', async () => {
    const { session, told } = await run([1e-20, 1e37, 1]);
    expect(session.state).toBe('failed');
    expect(told).toMatchObject({ code: 'run.non-finite', nodeId: 'second', portId: 'in' });
    expect(told?.message).toContain('the derivative of “second” by its input “in”');
  });

  it('names the weights by which a derivative was the first to go', async () => {
    const { told } = await run([1e37, 1e-20, 1e-37]);
    expect(told).toMatchObject({ code: 'run.non-finite', nodeId: 'second' });
    expect(told?.message).toContain('the derivative by the weights of “second”');
  });

  it('names the largest gradient where only their norm is too large', async () => {
    const tfjs = await createTfjsEngine({ backend: 'cpu' });
    if (!tfjs.ok) throw new Error('expected an engine');
    const { told } = await run([1e12, 1, 1e-12], {}, tfjs.value);
    expect(told).toMatchObject({ code: 'run.non-finite', nodeId: 'second' });
    expect(told?.message).toContain('their norm was too large');
  });
});

describe('the divergence of a Gaussian whose log-variance grows', () => {
  const document = sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      mean: ['module.linear', { width: 1 }],
      logVariance: ['module.linear', { width: 1 }],
      kl: ['reg.kl', { weight: 1e-30 }],
    },
    edges: [
      ...['points.x -> mean.in', 'points.x -> logVariance.in'],
      ...['mean.out -> kl.mean', 'logVariance.out -> kl.logVariance'],
    ],
    training: { batchSize: 8, steps: 10 },
  });

  it('is finite at 80, and at 89 stops the run and is named, in 32 bits', async () => {
    for (const [logVariance, state, nodeId] of [
      [80, 'done', undefined],
      [89, 'failed', 'kl'],
    ] as const) {
      const tfjs = await createTfjsEngine({ backend: 'cpu' });
      if (!tfjs.ok) throw new Error('expected an engine');
      const weights = new Map([
        ['logVariance.weight', Float64Array.of(0)],
        ['logVariance.bias', Float64Array.of(logVariance)],
      ]);
      const { session, told } = await runFrom(document, weights, {}, tfjs.value);
      expect([session.state, told?.nodeId]).toEqual([state, nodeId]);
    }
  });
});

describe('a state that is not finite', () => {
  it('ends a run whose last update overflowed, although its loss was finite', async () => {
    const { session, told } = await run([1e9, 1, 1e-9], { [LIVE.learningRate]: 1e300 });
    expect([session.state, session.step]).toEqual(['failed', 1]);
    expect(told?.code).toBe('run.non-finite');
    expect(told?.message).toMatch(/^By step 1 the weights of “(first|second)” had become infinite/);
  });

  it('is named before what comes of it', async () => {
    const { told } = await run([1, NaN, 1]);
    expect(told).toMatchObject({ code: 'run.non-finite', nodeId: 'second' });
    expect(told?.message).toContain('Before it began, the weights of “second” had become');
  });

  it('is found in running statistics too', () => {
    const norm = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola' }],
        f: ['module.mlp', { widths: [4], normalisation: 'batch', width: 1 }],
        distance: 'energy.squared',
      },
      edges: ['points.x -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
    });
    const training = compileTraining(analyse(norm, registry));
    if (!training.ok) throw new Error('expected a program');
    const { program } = training.value;
    const statistic = program.state.find(({ purpose }) => purpose === 'model');
    if (!statistic) throw new Error('expected running statistics');
    expect(unsoundState(program, new Map([[statistic.name, Float32Array.of(0, 1)]]))).toBeNull();
    const state = new Map([[statistic.name, Float32Array.of(0, Infinity)]]);
    expect(unsoundState(program, state)).toBe(statistic);
    expect(unsoundStateDiagnostic(statistic, 7, (id) => id.toUpperCase(), 'node')).toMatchObject({
      nodeId: 'f',
      message:
        'By step 7 what “F” keeps between steps had become infinite or not a number, while the loss was still finite.',
    });
  });
});

describe('the blame', () => {
  const sampled = sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: 1 }],
      distance: 'energy.squared',
      sampler: ['negative.langevin', { rate: 1000, steps: 40 }],
      nll: 'loss.nll',
    },
    edges: [
      ...['points.x -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
      ...['points.y -> sampler.y', 'distance.energy -> nll.energy'],
      'sampler.negative -> nll.negative',
    ],
    training: { batchSize: 8, steps: 10 },
  });

  it('is on a sampler whose steps diverge, and on its rate', async () => {
    const tfjs = await createTfjsEngine({ backend: 'cpu' });
    if (!tfjs.ok) throw new Error('expected an engine');
    const { told } = await runFrom(sampled, new Map(), {}, tfjs.value);
    expect(told).toMatchObject({ code: 'run.non-finite', nodeId: 'sampler' });
    expect(told?.message).toContain('What “sampler” sampled was the first value');
    expect(told?.hint).toContain('the rate of the sampler');
  });

  it('knows who keeps what between steps', async () => {
    const prepared = await prepareTraining(analyse(sampled, registry), {
      asset: () => Promise.reject(new Error('no files')),
    });
    if (!prepared.ok) throw new Error('expected a program');
    const { keeperOf } = prepared.value;
    expect(['sampler', 'f', null].map(keeperOf)).toEqual(['sampler', 'node', 'node']);
  });

  it('has for each fault a remedy of its own', () => {
    const hints = [
      ...(['weight', 'optimizer'] as const).map((purpose) => stateSource(purpose, 'node')),
      ...(['inference', 'sampler', 'node'] as const).map((keeper) => stateSource('model', keeper)),
      { kind: 'output', nodeId: 'f', port: 'out' } as const,
      { kind: 'weightDerivative', nodeId: 'f' } as const,
    ].map((source) => hintOf(source, 3));
    expect(new Set(hints).size).toBe(hints.length);
    // Nothing was too large already where nothing was trained.
    expect(hintOf({ kind: 'output', nodeId: 'f', port: 'out' }, 0)).toContain(
      'No step has changed',
    );
    // What diverges by itself is not mended by the learning rate.
    for (const keeper of ['inference', 'sampler'] as const)
      expect(hintOf(stateSource('model', keeper), 3)).not.toContain('learning rate');
  });
});

function stateSource(purpose: 'weight' | 'model' | 'optimizer', keeper: Keeper): NonFiniteSource {
  return { kind: 'state', purpose, nodeId: 'f', keeper };
}

function hintOf(source: NonFiniteSource, step: number): string | undefined {
  const row = { metric: 'loss', value: NaN, term: null, source } as const;
  return nonFiniteDiagnostic(row, step, (nodeId) => nodeId).hint;
}

describe('what is said of a bad step', () => {
  it('is, of a latent, that its descent diverged and what to lower', () => {
    const told = nonFiniteDiagnostic(
      {
        metric: 'loss',
        value: NaN,
        term: 'energy',
        source: { kind: 'inferred', nodeId: 'z', port: 'z' },
      },
      3,
      (nodeId) => nodeId.toUpperCase(),
    );
    expect(told).toMatchObject({ nodeId: 'z', portId: 'z' });
    expect(told.message).toBe(
      'At step 3 the loss became not a number. The first term to go was “ENERGY”. What inference found for “Z” was the first value that was not finite: its descent diverged.',
    );
    expect(told.hint).toContain('the rate at which it is inferred');
  });

  it('is, where contributions to an output add up to infinity, the name of that output', () => {
    const told = nonFiniteDiagnostic(
      {
        metric: 'gradNorm',
        value: Infinity,
        term: null,
        source: { kind: 'outputDerivative', nodeId: 'f', port: 'out' },
      },
      3,
      (nodeId) => nodeId,
    );
    expect(told).toMatchObject({ nodeId: 'f', portId: 'out' });
    expect(told.message).toContain('the derivative of the loss by output “out” of “f”');
  });
});

describe('the diagnosis program', () => {
  it('looks at what inference found before what is computed from it, then backwards', () => {
    const latent = sketchDocument({
      nodes: {
        points: ['data.points', { shape: 'parabola' }],
        z: 'latent.continuous',
        f: ['module.linear', { width: 1 }],
        distance: 'energy.squared',
      },
      edges: ['z.z -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
    });
    const diagnosis = compileDiagnosis(analyse(latent, registry));
    if (!diagnosis.ok) throw new Error(JSON.stringify(diagnosis.diagnostics));
    const order = [...diagnosis.value.checks.values()].map(
      (check) => `${check.kind} ${check.nodeId}${'port' in check ? `.${check.port}` : ''}`,
    );
    const place = (text: string): number => order.indexOf(text);
    const path = [
      'inferred z.z',
      'output f.out',
      'output distance.energy',
      'outputDerivative distance.energy',
      'inputDerivative distance.a',
      'outputDerivative f.out',
      'inputDerivative f.in',
      'weightDerivative f',
    ];
    expect(path.map(place)).not.toContain(-1);
    expect(path.map(place)).toEqual(path.map(place).sort((a, b) => a - b));
  });

  it('finds nothing in a sound step', async () => {
    const diagnosis = compileDiagnosis(analyse(CHAIN, registry));
    if (!diagnosis.ok) throw new Error('expected a program');
    const { program, data, checks } = diagnosis.value;
    const loaded = await loadData(data, {
      seed: CHAIN.training.seed,
      asset: () => Promise.reject(new Error('no files')),
    });
    if (!loaded.ok) throw new Error('expected data');
    const executable = await createReferenceEngine().compile(program, loaded.value.arrays);
    await executable.run(1);
    const { names, values } = await executable.drainMetrics();
    const bad = [...checks].filter(([name]) => values[names.indexOf(name)] !== 1);
    expect(bad).toEqual([]);
  });
});
