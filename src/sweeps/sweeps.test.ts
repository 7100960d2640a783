import { describe, expect, it } from 'vitest';
import { registry } from '../../nodes/index';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { sweepSchema, type SweepDefinition } from '../runs/sweepDefinition';
import { madeUpRun } from '../runs/testing/madeUpRun';
import { readAxisValues } from './axisValues';
import { changeSetting } from '../document/changeSetting';
import { cellValue, metricOf, phaseDiagram } from './phaseDiagram';
import { trialCount, trialDocument, trialsOf } from './trials';

const DOCUMENT = sketchDocument({
  nodes: { digits: 'data.digits', encoder: ['module.mlp', { width: 8 }] },
  edges: ['digits.x -> encoder.in'],
});

const SWEEP: SweepDefinition = {
  id: 's',
  name: 'Sweep',
  created: 0,
  document: DOCUMENT,
  engine: 'tfjs',
  steps: 50,
  axes: [
    { target: 'encoder', parameter: 'width', label: 'Width', values: [4, 8, 16] },
    { target: 'training', parameter: 'learningRate', label: 'Rate', values: [0.1, 0.01] },
  ],
  seeds: 2,
  order: 'grid',
  trials: null,
};

describe('values of an axis', () => {
  it.each([
    ['0,1,25', [0, 1, 25]],
    ['relu, gelu', ['relu', 'gelu']],
    ['false,true', [false, true]],
    ['[64],[64,64]', [[64], [64, 64]]],
    ['0..25/6', [0, 5, 10, 15, 20, 25]],
    ['0.1..0.3/3', [0.1, 0.2, 0.3]],
    ['0.001..10/5/log', [0.001, 0.01, 0.1, 1, 10]],
    ['', null],
    ['1,,2', null],
    ['1,1', null],
    ['0..1/1', null],
    ['0..1/3/log', null],
    ['0..1/1000', null],
  ])('%s', (text, values) => {
    expect(readAxisValues(text)).toEqual(values);
  });
});

describe('a setting', () => {
  it('is a parameter, an ablation or a training setting', () => {
    const change = (target: string, parameter: string, value: unknown) => {
      const changed = changeSetting(DOCUMENT, { target, parameter }, value, registry);
      return changed.ok ? changed.value : (changed.diagnostics[0]?.message ?? '');
    };
    expect(change('encoder', 'width', 4)).toMatchObject({
      nodes: [{ id: 'digits' }, { id: 'encoder', params: { width: 4 } }],
    });
    expect(change('encoder', 'bypassed', true)).toMatchObject({ nodes: [{}, { bypassed: true }] });
    expect(change('encoder', 'bypassed', false)).toEqual(DOCUMENT);
    expect(change('training', 'optimizer.beta1', 0.5)).toMatchObject({
      training: { optimizer: { beta1: 0.5 } },
    });
    expect(change('encoder', 'bypassed', 1)).toContain('true or false');
    expect(change('ghost', 'width', 1)).toContain('no node “ghost”');
    expect(change('encoder', 'wings', 1)).toContain('no parameter “wings”');
    expect(change('training', 'batchSize', 0)).toContain('training.batchSize');
  });
});

describe('trials', () => {
  it('are all combinations, seed by seed', () => {
    const trials = trialsOf(SWEEP);
    expect(trials).toHaveLength(12);
    expect(trials.slice(0, 3).map(({ values }) => values)).toEqual([
      [4, 0.1],
      [4, 0.01],
      [8, 0.1],
    ]);
    expect(trials.map(({ seed }) => seed)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    expect(trials.map(({ trial }) => trial)).toEqual([...Array(12).keys()]);
  });

  it('are the same ones in an order of chance, which does not change', () => {
    const random: SweepDefinition = { ...SWEEP, order: 'random' };
    const shuffled = trialsOf(random);
    expect(shuffled).not.toEqual(trialsOf(SWEEP));
    expect(shuffled.toSorted((a, b) => a.trial - b.trial)).toEqual(trialsOf(SWEEP));
    expect(trialsOf(random)).toEqual(shuffled);
    const some: SweepDefinition = { ...random, trials: 5 };
    expect(trialsOf(some)).toEqual(shuffled.slice(0, 5));
    expect(trialCount(some)).toBe(5);
  });

  it('have documents that differ in what is swept', () => {
    const last = trialsOf(SWEEP).at(-1);
    const document = last && trialDocument(SWEEP, last, registry);
    expect(document?.ok && document.value).toMatchObject({
      nodes: [{}, { params: { width: 16 } }],
      training: { learningRate: 0.01, seed: 2, steps: 50 },
    });
  });

  it('may sweep the seed itself', () => {
    const seeds = [5, 9];
    const axis = { target: 'training', parameter: 'seed', label: 'Seed', values: seeds };
    const sweep: SweepDefinition = { ...SWEEP, axes: [axis], seeds: 1 };
    const found = trialsOf(sweep).map((trial) => {
      const document = trialDocument(sweep, trial, registry);
      return document.ok ? document.value.training.seed : null;
    });
    expect(found).toEqual(seeds);
  });

  it('come from a definition that survives its file', () => {
    expect(sweepSchema.parse(JSON.parse(JSON.stringify(SWEEP)))).toEqual(SWEEP);
  });
});

describe('phaseDiagram', () => {
  const finished = (trial: number, verdict: 'healthy' | 'complete collapse', loss: number) =>
    madeUpRun({
      id: `s-${trial}`,
      trial: { sweepId: 's', trial },
      judgement: { step: 50, verdict, reason: '' },
      numbers: { 'encoder.out.effectiveRank': loss * 10 },
      curve: { ...madeUpRun().curve, last: [loss] },
    });
  const RUNS = [
    finished(0, 'healthy', 1),
    finished(6, 'complete collapse', 3),
    finished(3, 'healthy', 2),
    finished(9, 'healthy', 4),
  ];

  it('puts the trials of one point together, whatever their seeds', () => {
    const { cells, columns, rows } = phaseDiagram(SWEEP, RUNS);
    expect([columns.label, rows?.label]).toEqual(['Width', 'Rate']);
    expect(cells.map((row) => row.map(({ runs, planned }) => `${runs.length}/${planned}`))).toEqual(
      [
        ['2/2', '0/2', '0/2'],
        ['0/2', '2/2', '0/2'],
      ],
    );
    // Of equally many the gravest.
    expect(cells[0]?.[0]).toMatchObject({ verdict: 'complete collapse', agreeing: 1 });
    expect(cells[1]?.[1]).toMatchObject({ verdict: 'healthy', agreeing: 2, values: [8, 0.01] });
    expect(cells[0]?.[1]).toMatchObject({ verdict: null, agreeing: 0 });
  });

  it('has the mean of any number, and its range', () => {
    const cell = phaseDiagram(SWEEP, RUNS).cells[1]?.[1];
    expect(cell && cellValue(cell, 'loss')).toEqual({ mean: 3, low: 2, high: 4 });
    expect(cell && cellValue(cell, 'effectiveRank')).toEqual({ mean: 30, low: 20, high: 40 });
    expect(cell && cellValue(cell, 'nothing')).toBeNull();
    expect(metricOf(RUNS[0] ?? madeUpRun(), 'Total')).toBe(1);
  });
});
