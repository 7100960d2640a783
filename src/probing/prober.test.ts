import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { compileEvaluation } from '../compiler/programs/compileEvaluation';
import { LIVE } from '../compiler/names';
import { sketchDocument } from '../compiler/testing/testGraphs';
import type { HostArray } from '../engine/engine';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { initialState } from '../engine/initialState';
import { elementCount } from '../ir/types';
import { Prober } from './prober';

const JOINT_EMBEDDING = analyse(
  sketchDocument({
    nodes: {
      digits: 'data.digits',
      noise: ['view.noise', { strength: 0.05 }],
      encoder: ['module.mlp', { widths: [32], width: 8 }],
      other: ['module.mlp', { widths: [32], width: 8 }],
      distance: ['energy.squared', { weight: 2 }],
    },
    edges: [
      'digits.x -> encoder.in',
      'digits.x -> noise.in',
      'noise.out -> other.in',
      'encoder.out -> distance.a',
      'other.out -> distance.b',
    ],
  }),
  registry,
);

async function asset(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(`../../public/data/${name}`, import.meta.url));
  return new Uint8Array(bytes).buffer;
}

async function makeProber(gradients = false): Promise<Prober> {
  const engine = createReferenceEngine();
  const prober = await Prober.create(JOINT_EMBEDDING, { engine, asset, gradients });
  if (!prober.ok) throw new Error(JSON.stringify(prober.diagnostics));
  return prober.value;
}

/** All weights equal to `value`. */
function constantWeights(value: number): Map<string, HostArray> {
  const evaluation = compileEvaluation(JOINT_EMBEDDING);
  if (!evaluation.ok) throw new Error('expected a program');
  return new Map(
    evaluation.value.program.state.map(({ name, shape }) => [
      name,
      new Float64Array(elementCount(shape)).fill(value),
    ]),
  );
}

function initialWeights(): Map<string, HostArray> {
  const evaluation = compileEvaluation(JOINT_EMBEDDING);
  if (!evaluation.ok) throw new Error('expected a program');
  return new Map(evaluation.value.program.state.map((spec) => [spec.name, initialState(spec)]));
}

/** The initial weights, but all outputs of the encoder are the same: its first minus its second. */
function oneDirection(): Map<string, HostArray> {
  const evaluation = compileEvaluation(JOINT_EMBEDDING);
  if (!evaluation.ok) throw new Error('expected a program');
  return new Map(
    evaluation.value.program.state.map((spec) => {
      const initial = initialState(spec);
      const isLast = spec.name.startsWith('encoder.') && spec.shape.join() === '32,8';
      const same = initial.map((_, i) => {
        const row = Math.floor(i / 8) * 8;
        return (initial[row] ?? 0) - (initial[row + 1] ?? 0);
      });
      return [spec.name, isLast ? same : initial];
    }),
  );
}

describe('Prober', () => {
  it('judges held-out digits through encoders at random', async () => {
    const prober = await makeProber();
    const report = await prober.probe({ step: 800, state: new Map() });
    expect(report.step).toBe(800);
    expect(Object.keys(report.reps)).toEqual(['encoder.out', 'other.out']);
    expect(report.reps['encoder.out']).toMatchObject({ rows: 360, dim: 8, verdict: 'healthy' });
    // Two unrelated encoders: the energy cannot know which rows belong together.
    expect(report.energies['distance']?.verdict).toBe('flat energy');
    expect(report.verdict).toBe('flat energy');
    expect(report.loss).toBeGreaterThan(0);
    expect(report.terms['distance']).toBeCloseTo(report.loss, 12);
    prober.dispose();
  });

  it('gives the same report again, and follows weights and live values', async () => {
    const prober = await makeProber();
    const initial = await prober.probe({ step: 0, state: new Map() });
    const collapsed = await prober.probe({ step: 1000, state: constantWeights(0) });
    expect(collapsed.verdict).toBe('complete collapse');
    expect(collapsed.reason).toContain('encoder');
    expect(collapsed.energies['distance']).toMatchObject({ data: 0, shuffled: 0, gap: 0 });
    const narrow = await prober.probe({ step: 2000, state: oneDirection() });
    expect(narrow.reps['encoder.out']?.verdict).toBe('dimensional collapse');
    expect(narrow.reps['encoder.out']?.effectiveRank).toBeCloseTo(1, 3);

    const other = await makeProber();
    expect(await other.probe({ step: 0, state: new Map() })).toEqual(initial);
    const doubled = await other.probe(
      { step: 0, state: new Map() },
      { [LIVE.parameter('distance', 'weight')]: 4 },
    );
    expect(doubled.loss).toBeCloseTo(2 * initial.loss, 9);
  });

  it('has no verdict at step 0, whatever the weights', async () => {
    const prober = await makeProber();
    for (const state of [new Map<string, HostArray>(), constantWeights(0), oneDirection()]) {
      const report = await prober.probe({ step: 0, state });
      const parts = [...Object.values(report.reps), ...Object.values(report.energies)];
      for (const { verdict } of [report, ...parts]) expect(verdict).toBe('no verdict');
      expect(report.reason).toContain('too early');
    }
    // Weights that another graph was trained to, and this one for 60 steps.
    const kept = { step: 500, trainedFrom: 440, state: constantWeights(0) };
    expect((await prober.probe(kept)).reason).toContain('after 60 steps it is too early');
    // Nobody knows how long weights from elsewhere were trained.
    const elsewhere = { step: 0, isStepUnknown: true, state: constantWeights(0) };
    expect((await prober.probe(elsewhere)).verdict).toBe('complete collapse');
  });

  it('reports diverged weights, and nothing as healthy beside them', async () => {
    const prober = await makeProber();
    const report = await prober.probe({ step: 3, state: constantWeights(NaN) });
    expect(report.verdict).toBe('diverged');
    // One of the encoders has grown out of all bounds, the other is as it was.
    const grown = new Map(
      [...initialWeights()].map(([name, values]) => [
        name,
        name.startsWith('other.') ? values.map((value) => value * 1e4) : values,
      ]),
    );
    const half = await prober.probe({ step: 3000, state: grown });
    expect(half.verdict).toBe('diverged');
    expect(half.reps['other.out']).toMatchObject({ verdict: 'diverged' });
    expect(half.reps['other.out']?.effectiveRank).toBeGreaterThan(3);
    const parts = [...Object.values(half.reps), ...Object.values(half.energies)];
    expect(parts.map(({ verdict }) => verdict)).not.toContain('healthy');
  });

  it('probes labels beside raw pixels and the initial weights', async () => {
    const prober = await makeProber();
    const result = await prober.probeLabels({ step: 0, state: constantWeights(0) });
    if (!result.ok || !result.value) throw new Error('expected label probes');
    const { linearProbe, knn } = result.value;
    const encoder = linearProbe['encoder.out'];
    expect(encoder?.rawInput).toBeGreaterThan(0.85);
    expect(encoder?.randomInitialisation).toBeGreaterThan(0.6);
    // Collapsed: no better than guessing one of ten.
    expect(encoder?.accuracy).toBeLessThan(0.2);
    expect(knn['encoder.out']).toBeLessThan(0.2);
  }, 60_000);

  it('looks at the next step where it is asked to', async () => {
    const prober = await makeProber(true);
    const report = await prober.probe({ step: 0, state: new Map() });
    expect(Object.keys(report.modules ?? {})).toEqual(['encoder', 'other']);
    for (const { gradientNorm, updateRatio } of Object.values(report.modules ?? {})) {
      expect(gradientNorm).toBeGreaterThan(0);
      // How far Adam moves the weights depends on a state that is not among those given.
      expect(updateRatio).toBeNull();
    }
    // One term has all of the pull, and its two sides are pulled alike.
    expect(report.gradientShares).toMatchObject({
      'encoder.out': { distance: { gradientShare: 1 } },
      'other.out': { distance: { gradientShare: 1 } },
    });
    const collapsed = await prober.probe({ step: 0, state: constantWeights(0) });
    expect(collapsed.gradientShares).toEqual({});
    expect(collapsed.modules?.['encoder']).toMatchObject({ gradientNorm: 0 });
    prober.dispose();
    const without = await makeProber();
    expect(await without.probe({ step: 0, state: new Map() })).not.toHaveProperty('modules');
    without.dispose();
  });

  it('fails with what is wrong with the graph or the data', async () => {
    const empty = analyse(sketchDocument({ nodes: {} }), registry);
    const engine = createReferenceEngine();
    const broken = await Prober.create(empty, { engine, asset });
    expect(broken.diagnostics.map(({ code }) => code)).toContain('graph.empty');
    const offline = await Prober.create(JOINT_EMBEDDING, {
      engine,
      asset: () => Promise.reject(new Error('offline')),
    });
    expect(offline.diagnostics.map(({ code }) => code)).toEqual(['data.unavailable']);
  });
});
