import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunFile } from '../runs/runFile';
import { main } from './main';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-sweep-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function basin(command: string, ...more: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main([...command.split(' '), ...more], {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(''),
  });
  return { code, out, err: err.join('\n') };
}

const OVER = 'sweep parabola --steps 20 --json --over training.learningRate=0.01,0.02 --seeds 2';

describe('sweep', () => {
  it('prints a line for each trial, with the numbers of train', async () => {
    const { code, out } = await basin(`${OVER} --metric loss --metric gradNorm`);
    expect(code).toBe(0);
    const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ trial, values, seed }) => [trial, values, seed])).toEqual([
      [1, { 'training.learningRate': 0.01 }, 1],
      [2, { 'training.learningRate': 0.02 }, 1],
      [3, { 'training.learningRate': 0.01 }, 2],
      [4, { 'training.learningRate': 0.02 }, 2],
    ]);
    expect(lines[3]).toMatchObject({ step: 20, verdict: 'no verdict' });
    const train = await basin(
      'train parabola --steps 20 --engine tfjs --seed 2 --set training.learningRate=0.02 --json',
    );
    const [last] = train.out.slice(-2).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[3]?.['metrics']).toEqual({ loss: last?.['loss'], gradNorm: last?.['gradNorm'] });
  });

  it('goes on in its folder where it was ended, and gives the same lines', async () => {
    const out = join(folder, 'resumed');
    const whole = await basin(OVER, '--out', out);
    const second = join(out, 'trials', '00002.zip');
    const before = await stat(join(out, 'trials', '00001.zip'));
    // Ended while it wrote: half a file is no trial.
    await truncate(second, 100);
    const again = await basin(OVER, '--out', out);
    expect(again.out).toEqual(whole.out);
    expect((await stat(join(out, 'trials', '00001.zip'))).mtimeMs).toBe(before.mtimeMs);
    expect((await stat(second)).size).toBeGreaterThan(1000);

    const file = readRunFile(await readFile(join(out, 'sweep.basin-runs.zip')), 'It');
    if (!file.ok) throw new Error(file.diagnostics[0]?.message);
    expect(file.value.runs.map(({ record }) => record.trial?.trial)).toEqual([0, 1, 2, 3]);
    expect(file.value.sweeps).toMatchObject([{ seeds: 2, steps: 20 }]);
    const [first] = file.value.runs;
    expect(first?.record).toMatchObject({ status: 'done', step: 20, reproducible: true });
    expect(first?.history.length).toBe(20);
    expect(first?.state?.size).toBeGreaterThan(0);

    const other = await basin(
      'sweep parabola --steps 21 --over training.learningRate=1',
      '--out',
      out,
    );
    expect(other.code).toBe(2);
    expect(other.err).toContain('holds another sweep');
  });

  it('tells of a trial that diverges or does not compile, and goes on', async () => {
    const { code, out } = await basin(
      'sweep parabola --steps 60 --json --over training.learningRate=0.01,900',
      '--set',
      'training.optimizer={"kind":"sgd","momentum":0}',
    );
    expect(code).toBe(0);
    const [fine, wild] = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(fine).toMatchObject({ step: 60 });
    expect(wild).toMatchObject({
      verdict: 'diverged',
      fault: expect.stringMatching(/^At step/) as string,
    });
    const bypassed = await basin(
      'sweep parabola --steps 5 --json --over energy.bypassed=false,true',
    );
    const [on, off] = bypassed.out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(on).toMatchObject({ step: 5 });
    expect(off).toMatchObject({ step: 0, verdict: null, fault: expect.any(String) as string });
  });

  it('refuses what cannot be swept before it trains', async () => {
    for (const [command, message] of [
      ['sweep parabola', 'axes'],
      ['sweep parabola --over predictor.wings=1', 'no parameter “wings”'],
      ['sweep parabola --over predictor=1', 'not of the form'],
      ['sweep parabola --over training.steps=1,1', 'each once'],
      ['sweep parabola --steps 2 --over training.seed=1 --metric ghost', 'no number “ghost”'],
    ] as const) {
      const { code, err } = await basin(command);
      expect(code, command).toBe(2);
      expect(err, command).toContain(message);
    }
  });
});
