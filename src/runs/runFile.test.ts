import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { MetricHistory } from './metricHistory';
import { readRunFile, writeRunFile, type WholeRun } from './runFile';
import { madeUpRun } from './testing/madeUpRun';

const DOCUMENT = sketchDocument({ nodes: { digits: 'data.digits' }, edges: [] });

function wholeRun(): WholeRun {
  const history = new MetricHistory(64);
  const values = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i) / 3);
  history.append({ names: ['loss', 'term:a'], firstStep: 0, rows: 150, values });
  history.append({
    names: ['loss', 'term:a'],
    firstStep: 150,
    rows: 1,
    values: Float64Array.of(NaN, Infinity),
  });
  const report = {
    step: 150,
    reps: {},
    energies: {},
    inference: {},
    latents: {},
    verdict: 'diverged',
    reason: 'because',
    loss: NaN,
    terms: { a: -Infinity },
  } as const;
  return {
    record: madeUpRun({
      document: DOCUMENT,
      curve: history.head,
      checkpoint: { step: 150, bytes: 20, isWhole: true },
    }),
    history,
    reports: [report],
    state: new Map<string, Float32Array | Int32Array>([
      ['w', Float32Array.of(0.1, -2, 3e-9)],
      ['count', Int32Array.of(7, -7)],
    ]),
  };
}

/** The file with an entry changed. */
function changed(path: string, change: (text: string) => string): Uint8Array {
  const entries = unzipSync(writeRunFile({ runs: [wholeRun()], sweeps: [] }));
  const entry = entries[path];
  if (entry === undefined) throw new Error(`no ${path} in ${Object.keys(entries).join()}`);
  return zipSync({ ...entries, [path]: strToU8(change(strFromU8(entry))) });
}

function refusal(bytes: Uint8Array): string {
  const { ok, diagnostics } = readRunFile(bytes, '“a.zip”');
  expect(ok).toBe(false);
  expect(diagnostics[0]?.code).toBe('runs.not-readable');
  return diagnostics[0]?.message ?? '';
}

describe('a file of runs', () => {
  it('gives back what was written, to the bit', () => {
    const run = wholeRun();
    const read = readRunFile(writeRunFile({ runs: [run], sweeps: [] }), 'It');
    if (!read.ok) throw new Error(read.diagnostics[0]?.message);
    expect(read.diagnostics).toEqual([]);
    const [back] = read.value.runs;
    expect(back?.record).toEqual({ ...run.record, ordinal: 0 });
    expect(back?.history.head).toEqual(run.history.head);
    for (const name of ['loss', 'term:a']) {
      expect(back?.history.column(name)).toEqual(run.history.column(name));
    }
    expect(back?.reports).toEqual(run.reports);
    expect(back?.state).toEqual(run.state);
  });

  it('says what a file is that holds no runs', () => {
    expect(refusal(strToU8('{"format":"basin"}'))).toContain('is no zip file');
    expect(refusal(zipSync({ 'a.txt': strToU8('a') }))).toContain('no “basin-runs.json” in it');
    const cut = writeRunFile({ runs: [wholeRun()], sweeps: [] }).subarray(0, 400);
    expect(refusal(cut)).toContain('damaged zip file');
  });

  it('says what is wrong in one', () => {
    const manifest = 'basin-runs.json';
    expect(refusal(changed(manifest, () => '{"format":'))).toContain(manifest);
    expect(
      refusal(changed(manifest, (text) => text.replace('"version":1', '"version":2'))),
    ).toContain('written by a newer Basin');
    expect(
      refusal(changed(manifest, (text) => text.replace('"verdict":"healthy"', '"verdict":"well"'))),
    ).toMatch(/runs\.0\.judgement\.verdict/);
    expect(
      refusal(changed(manifest, (text) => text.replace('"status":"done"', '"status":"fine"'))),
    ).toMatch(/runs\.0\.status/);
  });

  it('leaves a damaged run out, and says which and why', () => {
    const faults = [
      [
        'runs/0001/curves.json',
        (text: string) => text.replace('[', '[1,'),
        'another number of values',
      ],
      ['runs/0001/curves.json', (text: string) => text.replace('"mean"', '"men"'), 'mean'],
      ['runs/0001/document.json', () => '[]', 'not a Basin document'],
      ['runs/0001/reports.json', () => '[{"step":"x"}]', 'reports.json'],
      ['runs/0001/weights.safetensors', () => 'nonsense', ''],
    ] as const;
    for (const [path, change, reason] of faults) {
      const read = readRunFile(changed(path, change), '“a.zip”');
      expect(read.ok && read.value.runs).toEqual([]);
      expect(read.diagnostics[0]?.message).toContain('The run “Run” in “a.zip”:');
      expect(read.diagnostics[0]?.message).toContain(reason);
    }
  });
});
