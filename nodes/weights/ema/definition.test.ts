import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/compiler/analysis/analyse';
import { LIVE } from '../../../src/compiler/names';
import { sketchDocument } from '../../../src/compiler/testing/testGraphs';
import { defined } from '../../../src/core/invariant';
import type { BasinDocument } from '../../../src/document/schema';
import type { Executable } from '../../../src/engine/engine';
import { createReferenceEngine } from '../../../src/engine/reference/referenceEngine';
import { prepareTraining } from '../../../src/training/prepareTraining';
import { registry } from '../../index';

const STEPS = 6;
const SECOND_TAU = 0.5;

/** An average of the weights of one module, and an average of that; a module on another branch uses each. */
function chain(params: Readonly<Record<string, unknown>> = {}): BasinDocument {
  const module = ['module.linear', { width: 3 }] as const;
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      online: module,
      target: module,
      slow: module,
      ema: ['weights.ema', params],
      second: ['weights.ema', { tau: SECOND_TAU }],
      near: 'energy.squared',
      far: 'energy.squared',
    },
    edges: [
      'points.x -> online.in',
      'points.y -> target.in',
      'points.y -> slow.in',
      'online.weights -> ema.weights',
      'ema.weights -> target.weights',
      'ema.weights -> second.weights',
      'second.weights -> slow.weights',
      'online.out -> near.a',
      'target.out -> near.b',
      'online.out -> far.a',
      'slow.out -> far.b',
    ],
    training: {
      steps: STEPS,
      batchSize: 8,
      learningRate: 0.05,
      optimizer: { kind: 'sgd', momentum: 0 },
    },
  });
}

async function executableOf(document: BasinDocument): Promise<Executable> {
  const prepared = await prepareTraining(analyse(document, registry), {
    asset: () => Promise.reject(new Error('no asset is needed')),
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const { training, data } = prepared.value;
  return createReferenceEngine().compile(training.program, data);
}

/** The weights of a node in one list. */
async function weightsOf(executable: Executable, owner: string): Promise<number[]> {
  const state = await executable.readState();
  return ['weight', 'bias'].flatMap((name) => [
    ...defined(state.get(`${owner}.${name}`), `${name} of ${owner}`),
  ]);
}

/** τ of step k of K, by the definitions. */
const TAUS: Readonly<Record<string, (tau: number, k: number) => number>> = {
  constant: (tau) => tau,
  linear: (tau, k) => tau + (1 - tau) * Math.min(k / STEPS, 1),
  cosine: (tau, k) => 1 - ((1 - tau) * (1 + Math.cos(Math.PI * Math.min(k / STEPS, 1)))) / 2,
};

const average = (old: readonly number[], now: readonly number[], tau: number): number[] =>
  old.map((value, i) => tau * value + (1 - tau) * defined(now[i], 'weight'));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(value).toBeCloseTo(defined(expected[i], 'number'), 12));
}

describe('weights.ema', () => {
  it.each(Object.keys(TAUS))('follows the weights after each step: %s', async (schedule) => {
    const tau = 0.8;
    const executable = await executableOf(chain({ tau, schedule }));
    const start = await weightsOf(executable, 'online');
    let [first, second] = [start, start];
    expect(await weightsOf(executable, 'ema')).toEqual(start);
    expect(await weightsOf(executable, 'second')).toEqual(start);
    // Two steps more than the schedule is long.
    for (let k = 0; k < STEPS + 2; k++) {
      await executable.run(1);
      const now = await weightsOf(executable, 'online');
      first = average(first, now, defined(TAUS[schedule], schedule)(tau, k));
      second = average(second, first, SECOND_TAU);
      expectClose(await weightsOf(executable, 'ema'), first);
      expectClose(await weightsOf(executable, 'second'), second);
    }
    const moved = await weightsOf(executable, 'online');
    expect(Math.max(...moved.map((value, i) => Math.abs(value - (start[i] ?? 0))))).toBeGreaterThan(
      0.01,
    );
  });

  it('follows at once with τ = 0, and not at all with τ = 1, which is live', async () => {
    const executable = await executableOf(chain());
    executable.setLive({ [LIVE.parameter('ema', 'tau')]: 0 });
    await executable.run(2);
    const copied = await weightsOf(executable, 'ema');
    expectClose(copied, await weightsOf(executable, 'online'));
    executable.setLive({ [LIVE.parameter('ema', 'tau')]: 1 });
    await executable.run(2);
    expect(await weightsOf(executable, 'ema')).toEqual(copied);
    expect(await weightsOf(executable, 'online')).not.toEqual(copied);
  });

  it('lets no gradient into the average: a first step is that of a tie behind a stopped gradient', async () => {
    const { nodes, edges, ...rest } = chain();
    const stop = (id: string): BasinDocument['nodes'][number] => ({
      id,
      kind: 'op.stopGradient',
      label: id,
      position: { x: 0, y: 0 },
      params: {},
    });
    const tied = await executableOf({
      ...rest,
      nodes: [
        ...nodes.map((node) =>
          node.kind === 'weights.ema' ? { ...node, kind: 'weights.tie', params: {} } : node,
        ),
        stop('stopNear'),
        stop('stopFar'),
      ],
      edges: [
        ...edges.map((edge) =>
          edge.source === 'target' || edge.source === 'slow'
            ? {
                ...edge,
                target: edge.source === 'target' ? 'stopNear' : 'stopFar',
                targetPort: 'in',
              }
            : edge,
        ),
        { id: 'a', source: 'stopNear', sourcePort: 'out', target: 'near', targetPort: 'b' },
        { id: 'b', source: 'stopFar', sourcePort: 'out', target: 'far', targetPort: 'b' },
      ],
    });
    const averaged = await executableOf(chain());
    await tied.run(1);
    await averaged.run(1);
    expectClose(await weightsOf(averaged, 'online'), await weightsOf(tied, 'online'));
  });

  it('keeps the average as it was at a step that is not finite', async () => {
    const executable = await executableOf(chain({ tau: 0.5 }));
    await executable.run(2);
    const before = await weightsOf(executable, 'ema');
    executable.setLive({ [LIVE.parameter('near', 'weight')]: Infinity });
    await executable.run(2);
    expect(await weightsOf(executable, 'ema')).toEqual(before);
  });

  it('has no parameters that train', () => {
    const { parameterCount, weights, diagnostics } = analyse(chain(), registry);
    expect([...weights.keys()]).toEqual(['online']);
    expect(parameterCount).toBe(3 + 3);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
