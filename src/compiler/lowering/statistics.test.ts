import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nodeDefinitions } from '../../../nodes/index';
import { defined, invariant } from '../../core/invariant';
import { randomKey, uniformAt } from '../../core/random';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { fittingState } from '../../engine/fittingState';
import { emptyDocument } from '../../document/schema';
import { defineNode, inferred } from '../../graph/nodeDefinition';
import { createRegistry } from '../../graph/registry';
import { readWeights, writeWeights } from '../../interop/weightsFile';
import { prepareTraining } from '../../training/prepareTraining';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';

/** A node that computes nothing and keeps arrays from step to step: a counter, and points that it moves by 1. */
const keeper = defineNode({
  kind: 'op.keeper',
  category: 'op',
  title: 'Keeper',
  help: 'Keeps state without weights.',
  source: 'Basin',
  params: z.object({}),
  ports: () => ({
    inputs: [{ name: 'in', type: 'tensor', help: 'Any tensor.' }],
    outputs: [{ name: 'out', type: 'tensor', help: 'The same tensor.' }],
  }),
  time: 'fold',
  infer: ({ inputs }) => inferred({ out: inputs.one('in') }),
  statistics: ({ inputs }) => [
    { name: 'steps', shape: [], initial: 3 },
    {
      name: 'points',
      shape: [4, ...inputs.one('in').shape],
      initial: { kind: 'uniform', bound: 2 },
    },
    { name: 'noise', shape: [5], initial: { kind: 'normal', deviation: 0.5 } },
  ],
  lower: (context) => {
    const { builder } = context;
    for (const name of ['steps', 'points', 'noise']) {
      context.updateStatistic(name, (current) => builder.add(current, 1));
    }
    return { out: context.inputs.one('in') };
  },
});

const registry = createRegistry([...nodeDefinitions, keeper]);
const SEED = 5;

async function prepare() {
  const document = sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola' }],
      keep: 'op.keeper',
      f: ['module.linear', { width: 1 }],
      energy: 'energy.squared',
    },
    edges: ['points.x -> keep.in', 'keep.out -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
    training: { seed: SEED, batchSize: 4 },
  });
  const analysis = analyse(document, registry);
  const prepared = await prepareTraining(analysis, {
    asset: () => Promise.reject(new Error('no asset is needed')),
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  return { analysis, ...prepared.value };
}

describe('state of nodes without weights', () => {
  it('starts as it says, from the seed, the node and the name, and moves with each step', async () => {
    const { training, data, analysis } = await prepare();
    expect(analysis.parameterCount).toBe(2);
    const executable = await createReferenceEngine().compile(training.program, data);
    const names = ['keep.steps', 'keep.points', 'keep.noise'];
    const before = await executable.readState(names);
    const drawn = Array.from({ length: 4 }, (_, i) =>
      uniformAt(randomKey(SEED, 'keep', 'statistic:points'), 0, i),
    );
    expect([...defined(before.get('keep.steps'), 'steps')]).toEqual([3]);
    expect([...defined(before.get('keep.points'), 'points')]).toEqual(
      drawn.map((u) => 2 * (2 * u - 1)),
    );
    const noise = [...defined(before.get('keep.noise'), 'noise')];
    expect(new Set(noise).size).toBe(5);
    expect(Math.max(...noise.map(Math.abs))).toBeLessThan(5 * 0.5);

    await executable.run(2);
    const after = await executable.readState(names);
    for (const name of names) {
      const start = [...defined(before.get(name), name)];
      expect([...defined(after.get(name), name)]).toEqual(start.map((value) => value + 1 + 1));
    }
  });

  it('is kept in snapshots and weights files, and is needed to go on from one', async () => {
    const { training, data } = await prepare();
    const { program } = training;
    const executable = await createReferenceEngine().compile(program, data);
    await executable.run(3);
    const state = await executable.readState();
    const kept = program.state.filter(({ purpose }) => purpose !== 'optimizer');
    expect(kept.map(({ name }) => name).sort()).toEqual([
      'f.bias',
      'f.weight',
      'keep.noise',
      'keep.points',
      'keep.steps',
    ]);
    const origin = { step: 3, document: emptyDocument(), documentHash: null };
    const read = readWeights(writeWeights(program.state, state, origin), program.state);
    invariant(read.ok, 'the file is read');
    expect([...defined(read.value.state.get('keep.steps'), 'steps')]).toEqual([6]);
    expect([...fittingState(program, read.value.state).keys()]).toContain('keep.points');

    const lacking = program.state.filter(({ name }) => name !== 'keep.points');
    const refused = readWeights(writeWeights(lacking, state, origin), program.state);
    expect(refused.ok ? [] : refused.diagnostics.map(({ message }) => message)).toEqual([
      'The weights do not fit the graph: “keep.points” is missing.',
    ]);
  });
});
