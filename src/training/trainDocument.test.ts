import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import { metricName } from '../compiler/metrics';
import { LIVE, stateName } from '../compiler/names';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { success } from '../core/result';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { prepareTraining } from './prepareTraining';
import { TrainingSession } from './session';
import type { SessionEvent } from './sessionState';

const PARABOLA = sketchDocument({
  nodes: {
    points: ['data.points', { shape: 'parabola' }],
    f: ['module.mlp', { widths: [16], width: 1 }],
    distance: 'energy.squared',
  },
  edges: ['points.x -> f.in', 'f.out -> distance.a', 'points.y -> distance.b'],
  training: { batchSize: 32, steps: 400, learningRate: 0.02, evaluateEvery: 100 },
});

function train() {
  const events: SessionEvent[] = [];
  const session = new TrainingSession({
    prepare: () =>
      prepareTraining(analyse(PARABOLA, registry), {
        asset: () => Promise.reject(new Error('no files')),
      }),
    engineFactory: () =>
      Promise.resolve(success({ engine: createReferenceEngine(), reason: 'For a test.' })),
    totalSteps: PARABOLA.training.steps,
    evaluateEvery: PARABOLA.training.evaluateEvery,
    emit: (event) => events.push(event),
  });
  const losses = (): number[] =>
    events.flatMap((event) => {
      if (event.kind !== 'metrics') return [];
      const { names, rows, values } = event.rows;
      const column = names.indexOf(metricName({ kind: 'loss' }));
      return Array.from({ length: rows }, (_, row) => values[row * names.length + column] ?? NaN);
    });
  return { session, events, losses };
}

describe('a session on a compiled document', () => {
  it('learns, and learns the same again after a reset', async () => {
    const { session, losses } = train();
    await session.open();
    session.run();
    expect(await session.whenStopped()).toBe('done');
    const first = losses();
    expect(first).toHaveLength(400);
    expect(first.at(-1)).toBeLessThan((first[0] ?? 0) / 5);
    await session.reset();
    session.run();
    await session.whenStopped();
    expect(losses().slice(400)).toEqual(first);
  }, 60_000);

  it('stops before a step that diverges, names the node, and revives', async () => {
    const { session, events, losses } = train();
    await session.open();
    await session.stepBy(50);
    const good = await session.snapshot();
    const name = [...good.state.keys()].find((key) => key.startsWith(stateName('f', '1.')));
    if (name === undefined) throw new Error('expected a weight');
    const weight = good.state.get(name)?.slice().fill(1e300);
    if (!weight) throw new Error('expected a weight');
    await session.restore({ step: 50, state: new Map([...good.state, [name, weight]]) });
    session.run();
    expect(await session.whenStopped()).toBe('failed');
    expect(session.step).toBe(50);
    const diagnostics = events.flatMap((e) => (e.kind === 'diagnostics' ? e.diagnostics : []));
    expect(diagnostics.map(({ code }) => code)).toEqual(['run.non-finite']);
    expect(diagnostics[0]).toMatchObject({ nodeId: 'f', portId: 'out' });
    expect((await session.snapshot()).state.get(name)?.[0]).toBe(1e300);

    await session.restore(good);
    session.setLive({ [LIVE.learningRate]: 0.01 });
    session.run();
    expect(await session.whenStopped()).toBe('done');
    expect(losses().at(-1)).toBeLessThan(0.1);
  }, 60_000);
});
