import { expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import { exportSweep } from './exportSweep';
import { sweepVariants } from './sweepVariants';
import { readTrialLines } from './trialLines';

const SWEEP: SweepDefinition = {
  id: 'sweep',
  name: 'A sweep',
  created: 0,
  document: sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola', count: 40 }],
      f: ['module.linear', { width: 1 }],
      energy: 'energy.squared',
    },
    edges: ['points.x -> f.in', 'f.out -> energy.a', 'points.y -> energy.b'],
    training: { batchSize: 8 },
  }),
  engine: 'pytorch',
  steps: 20,
  axes: [
    { target: 'energy', parameter: 'weight', label: 'λ', values: [1, 2, 5] },
    { target: 'training', parameter: 'batchSize', label: 'B', values: [4, 8] },
    { target: 'training', parameter: 'learningRate', label: 'η', values: [0.1, 0.01] },
  ],
  seeds: 2,
  order: 'grid',
  trials: null,
};

it('makes a script for each combination of what a script cannot be told, and each seed', () => {
  const planned = sweepVariants(SWEEP, registry);
  if (!planned.ok) throw new Error('not planned');
  const { uses, variants } = planned.value;
  expect(uses).toEqual([
    { as: 'number', option: 'energy.weight' },
    { as: 'script' },
    { as: 'number', option: '--rate' },
  ]);
  expect(variants.map(({ key, document: { training } }) => [key, training.batchSize, training.seed])).toEqual([
    [[0, 0], 4, SWEEP.document.training.seed],
    [[1, 0], 8, SWEEP.document.training.seed],
    [[0, 1], 4, SWEEP.document.training.seed + 1],
    [[1, 1], 8, SWEEP.document.training.seed + 1],
  ]); // prettier-ignore
});

it('says how many scripts are too many', () => {
  const values = Array.from({ length: 200 }, (_, index) => index + 1);
  const axis = { target: 'training', parameter: 'batchSize', label: 'B', values };
  const planned = sweepVariants({ ...SWEEP, axes: [axis] }, registry);
  expect(planned.diagnostics[0]).toMatchObject({ code: 'export.unsupported' });
  expect(planned.diagnostics[0]?.message).toContain('400 scripts');
});

it('writes the scripts, and data that several share once', async () => {
  const asset = (): Promise<ArrayBuffer> => Promise.reject(new Error('no file is needed'));
  const made = await exportSweep(SWEEP, registry, { asset });
  const names = made.ok ? [...made.value.keys()] : [];
  expect(names.filter((name) => name.endsWith('train.py'))).toHaveLength(4);
  // Points are drawn by the seed, so there are two sets of them.
  expect(names.filter((name) => name.startsWith('data'))).toHaveLength(2);
  const script = made.ok ? new TextDecoder().decode(made.value.get('sweep.py')) : '';
  expect(script).toContain('    "1,1": ("variants/4", "data-2.safetensors"),');
});

it('takes in the lines of finished trials as runs', () => {
  const line = {
    trial: 8,
    created: 5,
    step: 20,
    loss: 0.5,
    curve: [[1, 2], [10, 1], [20, 0.5]], // prettier-ignore
    engine: 'pytorch',
    backend: 'cpu',
    diverged: false,
  };
  const text = [
    JSON.stringify({ format: 'basin-trials', sweep: SWEEP }),
    JSON.stringify(line),
    JSON.stringify({ ...line, trial: 13, diverged: true }),
    '{"trial": 3, "created": 5, "st',
  ].join('\n');
  const read = readTrialLines(text, 'runs.jsonl', registry);
  if (!read.ok) throw new Error('not read');
  expect(read.value.sweeps).toEqual([SWEEP]);
  const [first, second] = read.value.runs;
  expect(first?.record).toMatchObject({
    id: 'sweep-8',
    status: 'done',
    step: 20,
    trial: { sweepId: 'sweep', trial: 7 },
    document: { training: { batchSize: 8, learningRate: 0.01 } },
  });
  expect([...(first?.history.column('loss')?.mean ?? [])]).toEqual([
    2, ...Array<number>(9).fill(1), ...Array<number>(10).fill(0.5),
  ]); // prettier-ignore
  expect(second?.record).toMatchObject({ id: 'sweep-13', status: 'failed', document: { training: { seed: SWEEP.document.training.seed + 1 } } }); // prettier-ignore
  expect(read.diagnostics.map(({ message }) => message)).toEqual([
    'Line 4 of runs.jsonl was left out: it is no finished trial.',
  ]);
});

it('says what a file is that does not begin with its sweep', () => {
  const read = readTrialLines('{"format": "other"}', '“a.jsonl”', registry);
  expect(read.diagnostics[0]).toMatchObject({ code: 'runs.not-readable', severity: 'error' });
});
