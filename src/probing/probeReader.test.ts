import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { readAsset } from '../cli/assets';
import { analyse } from '../compiler/analysis/analyse';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { defined } from '../core/invariant';
import { createReferenceEngine } from '../engine/reference/referenceEngine';
import { prepareTraining } from '../training/prepareTraining';
import { modelSnapshot } from '../training/snapshots';
import { linearProbeAccuracy } from './linearProbe';
import { Prober } from './prober';
import type { EfficiencyStudy, NeighboursStudy } from './probeStudy';
import type { ProbeReading, ScoreReading } from './readings/reading';
import { digits, firstRows } from './testing/labelledData';

const analysis = analyse(
  sketchDocument({
    nodes: {
      digits: 'data.digits',
      noise: ['view.noise', { strength: 0.3 }],
      encoder: [
        'module.mlp',
        { widths: [], width: 16, normalisation: 'batch', activation: 'tanh' },
      ],
      decoder: ['module.mlp', { role: 'decoder', widths: [], outputShape: [8, 8, 1] }],
      distance: 'energy.squared',
      linear: ['probe.linear', { rate: 0.03 }],
      onPixels: 'probe.knn',
      toPixels: 'probe.linear',
      view: 'probe.view',
      plain: ['probe.view', { views: false }],
      histogram: ['probe.histogram', { bins: 10 }],
    },
    edges: [
      ...['digits.x -> noise.in', 'noise.out -> encoder.in', 'encoder.out -> decoder.in'],
      ...['decoder.out -> distance.a', 'digits.x -> distance.b', 'encoder.out -> linear.in'],
      ...['digits.x -> onPixels.in', 'encoder.out -> toPixels.in', 'digits.x -> toPixels.target'],
      ...['noise.out -> view.in', 'digits.x -> plain.in', 'digits.x -> histogram.in'],
    ],
    training: { batchSize: 64, seed: 3 },
  }),
  registry,
);

async function trained(steps: number) {
  const prepared = await prepareTraining(analysis, { asset: readAsset });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics));
  const { training, data } = prepared.value;
  const executable = await createReferenceEngine().compile(training.program, data);
  await executable.run(steps);
  const state = await executable.readState();
  return modelSnapshot(training.program, { step: steps, state });
}

async function makeProber(): Promise<Prober> {
  const prober = await Prober.create(analysis, {
    engine: createReferenceEngine(),
    asset: readAsset,
  });
  if (!prober.ok) throw new Error(JSON.stringify(prober.diagnostics));
  return prober.value;
}

function score(
  readings: Readonly<Record<string, ProbeReading>> | undefined,
  id: string,
): ScoreReading {
  const reading = readings?.[id];
  if (reading?.kind !== 'score') throw new Error(`${id} has no score`);
  return reading;
}

describe('probes of a graph', () => {
  it('read held-out rows, beside the untrained network and the pixels', async () => {
    const prober = await makeProber();
    const model = await trained(250);
    const { probes } = await prober.probe(model);
    const linear = score(probes, 'linear');
    expect(linear).toMatchObject({ measure: 'accuracy', rows: 360 });
    for (const arm of ['trained', 'untrained', 'raw'] as const) {
      expect(linear.scores[arm], arm).toBeGreaterThan(0.7);
      expect(linear.scores[arm], arm).toBeLessThan(0.99);
    }
    // Every held-out row is counted once, and those on the diagonal make the accuracy.
    const confusion = defined(linear.confusion, 'confusion');
    const right = confusion.reduce((sum, line, i) => sum + (line[i] ?? 0), 0);
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(360);
    expect(right / 360).toBeCloseTo(defined(linear.scores.trained, 'score'), 12);

    // Pixels are what an untrained and a trained network have them for: all three are scikit-learn's number.
    const { scores } = score(probes, 'onPixels');
    expect(new Set(Object.values(scores)).size).toBe(1);

    const pixels = score(probes, 'toPixels');
    expect(pixels).toMatchObject({ measure: 'R²', confusion: null });
    // Pixels tell themselves; an autoencoder of them keeps more than a network at random.
    expect(pixels.scores.raw).toBeGreaterThan(0.5);
    expect(pixels.scores.trained).toBeGreaterThan(defined(pixels.scores.untrained, 'score'));

    const view = probes?.['view'];
    const plain = probes?.['plain'];
    if (view?.kind !== 'view' || plain?.kind !== 'view') throw new Error('expected views');
    expect(view.shape).toEqual([8, 8, 1]);
    const { test } = digits(firstRows(1437));
    expect(plain.samples[0]).toEqual([...test.features.values.subarray(0, 64)].map(Math.fround));
    const noise = view.samples.flatMap((row, i) =>
      row.map((value, j) => value - (plain.samples[i]?.[j] ?? 0)),
    );
    const deviation = Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length);
    expect(deviation).toBeGreaterThan(0.25);
    expect(deviation).toBeLessThan(0.35);

    const histogram = probes?.['histogram'];
    if (histogram?.kind !== 'histogram') throw new Error('expected a histogram');
    expect(histogram).toMatchObject({ low: 0, high: 1, rows: 360, dimensions: 64 });
    // The first pixel of a digit is never inked.
    expect(histogram.counts[0]).toEqual([360, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    prober.dispose();
  }, 120_000);

  it('have no score before they have taken a step, as with weights of a run without them', async () => {
    const prober = await makeProber();
    const { probes } = await prober.probe({ step: 0, state: new Map() });
    const nothing = { trained: null, untrained: null, raw: null };
    expect(score(probes, 'linear')).toMatchObject({ scores: nothing, confusion: null });
    expect(score(probes, 'toPixels').scores).toEqual(nothing);
    // Neighbours need no training.
    expect(score(probes, 'onPixels').scores.trained).toBeGreaterThan(0.9);
    prober.dispose();
  }, 60_000);

  it('can be studied: by how many labels there are, and by the nearest training rows', async () => {
    const prober = await makeProber();
    const model = await trained(50);
    const study = await prober.study(model, 'linear', { kind: 'efficiency' });
    const { points } = (study.ok ? study.value : null) as EfficiencyStudy;
    expect(points.map(({ fraction }) => fraction)).toEqual([0.01, 0.03, 0.1, 0.3, 1]);
    expect(points[0]?.rows).toBeLessThan(25);
    expect(points.at(-1)?.rows).toBe(1437);
    const { train, test } = digits(firstRows(1437));
    expect(points.at(-1)?.scores.raw).toBeCloseTo(linearProbeAccuracy(train, test), 12);
    expect(points[0]?.scores.raw).toBeLessThan(defined(points[4]?.scores.raw, 'score') - 0.1);

    // What every run with labels is probed by: probes in the graph add nothing to its raw input.
    const labels = await prober.probeLabels(model);
    const usual = labels.ok ? labels.value?.linearProbe['encoder.out'] : undefined;
    expect(usual?.rawInput).toBe(points.at(-1)?.scores.raw);
    expect(usual?.accuracy).toBe(points.at(-1)?.scores.trained);

    const found = await prober.study(model, 'linear', { kind: 'neighbours', sample: 5 });
    const { asked, nearest, pictureShape, count } = (
      found.ok ? found.value : null
    ) as NeighboursStudy;
    expect([count, pictureShape, asked.row, asked.label]).toEqual([
      360,
      [8, 8, 1],
      5,
      test.labels[5],
    ]);
    expect(asked.picture).toEqual(
      [...test.features.values.subarray(5 * 64, 6 * 64)].map(Math.fround),
    );
    expect(nearest.map(({ arm, rows }) => [arm, rows.length])).toEqual([
      ['trained', 8],
      ['untrained', 8],
      ['raw', 8],
    ]);
    for (const { rows } of nearest) {
      const cosines = rows.map(({ cosine }) => cosine);
      expect(cosines).toEqual([...cosines].sort((a, b) => b - a));
    }
    const view = await prober.study(model, 'view', { kind: 'efficiency' });
    expect(view.ok && view.value).toBeNull();
    prober.dispose();
  }, 120_000);
});
