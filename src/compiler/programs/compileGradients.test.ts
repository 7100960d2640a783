import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { defined } from '../../core/invariant';
import type { Executable, HostArray } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import type { Program } from '../../ir/types';
import { analyse } from '../analysis/analyse';
import type { DataRequest } from '../lowering/dataRequest';
import { metricName } from '../metrics';
import { sketchDocument } from '../testing/testGraphs';
import { compileGradients } from './compileGradients';
import { compileTraining } from './compileTraining';
import { GRADIENT_OUTPUT } from './compiled';
import { loadData } from './loadData';

const BATCH = 16;
const WIDTH = 3;
const ANALYSIS = analyse(
  sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      f: ['module.linear', { width: WIDTH }],
      g: ['module.linear', { width: WIDTH }],
      distance: ['energy.squared', { weight: 3 }],
      bound: ['reg.l2', { weight: 0.25 }],
    },
    edges: [
      'points.x -> f.in',
      'points.y -> g.in',
      'f.out -> distance.a',
      'g.out -> distance.b',
      'f.out -> bound.z',
    ],
    training: {
      batchSize: BATCH,
      learningRate: 0.05,
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
      clipNorm: 0.5,
    },
  }),
  registry,
);

async function executableOf(program: Program, data: readonly DataRequest[]): Promise<Executable> {
  const asset = () => Promise.reject(new Error('no files'));
  const loaded = await loadData(data, { seed: ANALYSIS.training.seed, asset });
  if (!loaded.ok) throw new Error('expected data');
  return createReferenceEngine().compile(program, loaded.value.arrays);
}

const norm = (values: readonly number[]): number => Math.hypot(...values);

describe('compileGradients', () => {
  it('looks at the very step that training would take next, and takes none', async () => {
    const training = compileTraining(ANALYSIS);
    const looked = compileGradients(ANALYSIS);
    if (!training.ok || !looked.ok) throw new Error('expected programs');
    const trained = await executableOf(training.value.program, training.value.data);
    await trained.run(7);
    await trained.drainMetrics();
    const before = await trained.readState();

    const { program, data, modules, ports, terms } = looked.value;
    const executable = await executableOf(program, data);
    executable.writeState(before, 7);
    await executable.run(1);
    const outputs = await executable.readOutputs();
    expect(await executable.readState()).toEqual(before);

    await trained.run(1);
    const { names, values } = await trained.drainMetrics();
    const metric = (name: string): number => values[names.indexOf(name)] ?? NaN;
    const after = await trained.readState();

    expect(modules.map(({ nodeId }) => nodeId)).toEqual(['f', 'g']);
    const norms = [...defined(outputs.get(GRADIENT_OUTPUT.modules), 'norms')];
    expect(norm([norms[0] ?? NaN, norms[3] ?? NaN])).toBeCloseTo(metric('gradNorm'), 12);
    modules.forEach(({ nodeId }, row) => {
      const own = [...before.keys()].filter((name) => name.startsWith(`${nodeId}.`));
      const all = (state: ReadonlyMap<string, HostArray>): number[] =>
        own.flatMap((name) => [...defined(state.get(name), name)]);
      const weights = all(before);
      expect(norms[3 * row + 1]).toBeCloseTo(norm(weights), 12);
      const moves = all(after).map((value, i) => value - (weights[i] ?? NaN));
      expect(norms[3 * row + 2]).toBeCloseTo(norm(moves), 12);
      expect(norm(moves)).toBeGreaterThan(0);
    });

    // E = mean (a − b)² over B·D numbers has the derivative 2λ(a − b)/(BD), and R = mean_B Σ a² has 2λa/B.
    expect(ports).toEqual(['f.out', 'g.out']);
    expect(terms.map(({ nodeId }) => nodeId)).toEqual(['distance', 'bound']);
    const value = (nodeId: string): number => metric(metricName({ kind: 'value', nodeId }));
    const distance = 2 * 3 * Math.sqrt(value('distance') / (BATCH * WIDTH));
    const bound = 2 * 0.25 * Math.sqrt(value('bound') / BATCH);
    const pulls = [...defined(outputs.get(GRADIENT_OUTPUT.terms), 'pulls')];
    [distance, bound, distance, 0].forEach((pull, i) => expect(pulls[i]).toBeCloseTo(pull, 12));
  });

  it('fails with the errors of the graph', () => {
    expect(compileGradients(analyse(sketchDocument({ nodes: {} }), registry)).ok).toBe(false);
  });
});
