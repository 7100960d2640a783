import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { readAsset } from '../../cli/assets';
import { defined, invariant } from '../../core/invariant';
import type { HostArray } from '../../engine/engine';
import { createReferenceEngine } from '../../engine/reference/referenceEngine';
import { prepareTraining } from '../../training/prepareTraining';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';

type Sketch = Parameters<typeof sketchDocument>[0];

/** Clipping and weight decay would show the smallest change of the gradient or of what is trained. */
const TRAINING: NonNullable<Sketch['training']> = {
  batchSize: 12,
  seed: 4,
  clipNorm: 0.5,
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 },
};

const JEPA: Sketch = {
  nodes: {
    digits: 'data.digits',
    noise: ['view.noise', { strength: 0.2 }],
    encoder: ['module.mlp', { widths: [12], width: 6, normalisation: 'batch' }],
    other: ['module.mlp', { widths: [12], width: 6, normalisation: 'batch' }],
    z: ['latent.continuous', { d: 2, init: 'last', steps: 3 }],
    predictor: ['module.mlp', { role: 'predictor', widths: [8], width: 6 }],
    distance: 'energy.squared',
    bounded: 'reg.l1',
    vicreg: 'reg.vicreg',
  },
  edges: [
    ...['digits.x -> noise.in', 'noise.out -> encoder.in', 'digits.x -> other.in'],
    ...['encoder.out -> predictor.in', 'z.z -> predictor.in', 'predictor.out -> distance.a'],
    ...['other.out -> distance.b', 'z.z -> bounded.z', 'encoder.out -> vicreg.z'],
  ],
  training: TRAINING,
};

const DOTS: Sketch = {
  nodes: {
    dots: ['data.movingDots', { sequences: 60, length: 4, size: 6 }],
    encoder: ['module.mlp', { widths: [8], width: 4, normalisation: 'batch' }],
    decoder: ['module.mlp', { widths: [8], outputShape: [6, 6, 1] }],
    distance: 'energy.squared',
  },
  edges: [
    ...['dots.frames -> encoder.in', 'encoder.out -> decoder.in', 'decoder.out -> distance.a'],
    'dots.frames -> distance.b',
  ],
  training: TRAINING,
};

/** With more nodes, which come first in the document, where the order of nodes could matter. */
function withProbe(sketch: Sketch, nodes: Sketch['nodes'], edges: readonly string[]): Sketch {
  return {
    ...sketch,
    nodes: { ...nodes, ...sketch.nodes },
    edges: [...edges, ...(sketch.edges ?? [])],
  };
}

async function train(sketch: Sketch, steps = 50) {
  const analysis = analyse(sketchDocument(sketch), registry);
  const prepared = await prepareTraining(analysis, { asset: readAsset });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const { training, data } = prepared.value;
  const executable = await createReferenceEngine().compile(training.program, data);
  await executable.run(steps);
  const state = await executable.readState();
  const rows = await executable.drainMetrics();
  const purposeOf = new Map(training.program.state.map(({ name, purpose }) => [name, purpose]));
  return { analysis, training, state, rows, purposeOf };
}

/** The arrays that do not belong to a probe, in the order of the program. */
function modelOf({ state, purposeOf }: Awaited<ReturnType<typeof train>>) {
  return [...state].filter(([name]) => purposeOf.get(name) !== 'probe');
}

const PROBES: Readonly<Record<string, [Sketch, Sketch['nodes'], readonly string[]]>> = {
  'a linear probe on labels': [JEPA, { probe: 'probe.linear' }, ['encoder.out -> probe.in']],
  'a linear probe below a latent': [JEPA, { probe: 'probe.linear' }, ['predictor.out -> probe.in']],
  'a linear probe on a target': [
    DOTS,
    { probe: 'probe.linear' },
    ['encoder.out -> probe.in', 'dots.position -> probe.target'],
  ],
  'a probe behind a module that nothing trains': [
    JEPA,
    {
      extra: ['module.mlp', { widths: [5], width: 3, normalisation: 'batch' }],
      probe: 'probe.linear',
    },
    ['encoder.out -> extra.in', 'extra.out -> probe.in'],
  ],
  'a probe behind a module that shares weights and statistics': [
    JEPA,
    {
      tied: ['module.mlp', { widths: [12], width: 6, normalisation: 'batch' }],
      probe: 'probe.linear',
    },
    ['digits.x -> tied.in', 'encoder.weights -> tied.weights', 'tied.out -> probe.in'],
  ],
  'a kNN probe': [JEPA, { probe: 'probe.knn' }, ['z.z -> probe.in']],
  'a view': [JEPA, { probe: 'probe.view' }, ['noise.out -> probe.in']],
  'a histogram': [JEPA, { probe: 'probe.histogram' }, ['z.z -> probe.in']],
};

const plain = new Map<Sketch, ReturnType<typeof train>>();

function trainPlain(sketch: Sketch): ReturnType<typeof train> {
  const known = plain.get(sketch) ?? train(sketch);
  plain.set(sketch, known);
  return known;
}

describe('a probe changes nothing of what is learned', () => {
  it.each(Object.entries(PROBES))(
    '%s',
    async (_, [sketch, nodes, edges]) => {
      const without = await trainPlain(sketch);
      const beside = await train(withProbe(sketch, nodes, edges));
      expect(beside.analysis.probes).toHaveLength(1);
      const before = new Map(modelOf(without));
      const after = new Map(modelOf(beside));
      for (const [name, array] of before) expect(after.get(name), name).toEqual(array);
      // What is there besides is what nothing of the model reads.
      const more = [...after.keys()].filter((name) => !before.has(name));
      expect(more.filter((name) => !name.startsWith('extra.'))).toEqual([]);
      expect(beside.analysis.objective).toEqual(without.analysis.objective);
      expect(metricsOf(beside)).toEqual(metricsOf(without));
    },
    60_000,
  );
});

function metricsOf({ rows }: Awaited<ReturnType<typeof train>>) {
  const columns = rows.names.flatMap((name, column) =>
    name.startsWith('probe') ? [] : [{ name, column }],
  );
  return columns.map(({ name, column }) => [
    name,
    Array.from(rows.values).filter((__, at) => at % rows.names.length === column),
  ]);
}

describe('an online probe', () => {
  it('is trained by gradients that end at what it reads', async () => {
    const [, nodes, edges] = defined(PROBES['a linear probe on labels'], 'case');
    const { state, training } = await train(withProbe(JEPA, nodes, edges), 1);
    const read = (name: string): HostArray => defined(state.get(name), name);
    // Adam's first step moves every weight with a gradient by the rate.
    expect(Math.max(...read('probe.trained.weight').map(Math.abs))).toBeCloseTo(0.01, 3);
    // The untrained encoder is that of step 0 for ever. It has no running statistics: it normalises by those of the rows it is given.
    const names = training.program.state.map(({ name }) => name);
    const untrained = names.filter((name) => name.startsWith('untrained/'));
    expect(untrained).toContain('untrained/encoder.0.weight');
    expect(untrained.filter((name) => /mean|variance/.test(name))).toEqual([]);
    for (const name of untrained) expect(training.program.updates.has(name)).toBe(false);
  }, 60_000);

  it('learns where the dot is, and shows it while it trains', async () => {
    const [, nodes, edges] = defined(PROBES['a linear probe on a target'], 'case');
    const { rows } = await train(withProbe(DOTS, nodes, edges), 400);
    const column = rows.names.indexOf('probe:probe');
    invariant(column >= 0, 'there is a metric of the probe');
    const scores = Array.from({ length: 20 }, (_, back) =>
      Number(rows.values[rows.values.length - rows.names.length * (back + 1) + column]),
    );
    expect(scores.reduce((sum, score) => sum + score, 0) / 20).toBeGreaterThan(0.3);
  }, 60_000);
});

describe('what a probe is to predict', () => {
  const targetOf = (edges: readonly string[]) =>
    analyse(sketchDocument(withProbe(DOTS, { probe: 'probe.linear' }, edges)), registry);

  it('is what is connected; without that the labels of the data, if it has any', () => {
    const given = targetOf(['encoder.out -> probe.in', 'dots.position -> probe.target']);
    expect(given.probes[0]?.target).toMatchObject({ kind: 'numbers', count: 2 });
    expect(given.diagnostics.map(({ code }) => code)).not.toContain('probe.no-target');
    const open = targetOf(['encoder.out -> probe.in']);
    expect(open.probes).toEqual([]);
    expect(open.diagnostics.find(({ code }) => code === 'probe.no-target')).toMatchObject({
      severity: 'warning',
      nodeId: 'probe',
    });
  });

  it('makes neither the probe nor what only it reads a node of no use', () => {
    const { diagnostics } = analyse(
      sketchDocument(
        withProbe(
          DOTS,
          { first: ['op.frame', { step: 0 }], probe: 'probe.linear', where: 'op.frame' },
          [
            ...['dots.position -> where.in', 'encoder.out -> first.in'],
            ...['first.out -> probe.in', 'where.out -> probe.target'],
          ],
        ),
      ),
      registry,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['lint.immune']);
  });
});
