import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from './main';
import { OutputError } from './outputError';

const STEPS = 24;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-resume-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command line; its session dies where a line like `until` is about to be printed, and nothing is saved after. */
async function basin(argv: readonly string[], until?: RegExp) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => {
      if (until?.test(text)) throw new Error('killed');
      out.push(text);
    },
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(''),
  });
  return { code, out, err: err.join('\n') };
}

const steps = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('{"step"'));

function command(graph: string, engine: string): string[] {
  const settings = ['--every', '1', '--engine', engine, '--batch', '16', '--json'];
  return ['train', ...graph.split(' '), ...settings];
}

describe('a run that was killed', () => {
  it.each([
    ['Adam and limited gradients', 'vicreg --set training.clipNorm=1 --seed 3', 'tfjs'],
    [
      'persistent chains of a sampler, and a schedule',
      'langevin-nll --set sampler.buffer=64',
      'tfjs',
    ],
    ['averages of weights and running statistics', 'byol', 'tfjs'],
    ['numbers of 64 bits', 'langevin-nll --set sampler.buffer=64', 'reference'],
  ])('goes on to the same lines, with %s', async (_, graph, engine) => {
    const whole = await basin([...command(graph, engine), '--steps', String(STEPS)]);
    expect(whole.code, whole.err).toBe(0);
    expect(steps(whole.out)).toHaveLength(STEPS);

    const file = join(folder, `${graph.replace(/\W+/g, '-')}-${engine}.safetensors`);
    const killed = await basin(
      [...command(graph, engine), '--steps', String(STEPS), '--weights', file, '--save-every', '7'],
      /"step":17,/,
    );
    expect(killed.err).toContain('killed');
    expect(steps(killed.out)).toEqual(steps(whole.out).slice(0, 16));

    const resumed = await basin([...command(graph, engine), '--init', file]);
    expect(resumed.code, resumed.err).toBe(0);
    expect(resumed.err).toContain(`Goes on at step 14 of ${STEPS}.`);
    expect(resumed.err).not.toContain('warning');
    expect(steps(resumed.out)).toEqual(steps(whole.out).slice(14));
  });

  it('goes on when the system has killed its process', async () => {
    const file = join(folder, 'killed.safetensors');
    const graph = command('langevin-nll --set sampler.buffer=64', 'tfjs');
    const whole = await basin([...graph, '--steps', '900']);
    const child = spawn(
      process.execPath,
      ['scripts/basin.mjs', ...graph, '--steps', '900', '--weights', file, '--save-every', '50'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{"step":160,')) child.kill('SIGKILL');
    }
    if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');

    const resumed = await basin([...graph, '--init', file]);
    const lines = steps(resumed.out);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(900);
    expect(lines).toEqual(steps(whole.out).slice(-lines.length));
  });
});

describe('a run that is asked to end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s comes to rest, and says how it goes on', async (signal, exitCode) => {
    const file = join(folder, 'stopped.safetensors');
    const graph = command('vicreg', 'tfjs');
    const out: string[] = [];
    const err: string[] = [];
    const code = await main([...graph, '--steps', '100000', '--weights', file], {
      out: (text) => {
        out.push(text);
        if (out.length === 5) process.emit(signal, signal);
      },
      err: (text) => err.push(text),
      stdin: () => Promise.resolve(''),
    });
    expect(code).toBe(exitCode);
    expect(err.join('\n')).toMatch(/Stopped at step \d+: --init .*stopped\.safetensors goes on/);
    expect(out.some((line) => line.includes('"done"'))).toBe(false);
    const more = await basin([...graph, '--steps', '2', '--init', file]);
    expect(steps(more.out)[0]).toContain(`"step":${out.length + 1},`);
  });
});

describe('a run that nobody hears', () => {
  it.each([
    ['EPIPE', 141, /^Engine: .*$/],
    ['ENOSPC', 2, /^Engine: .*\n\d+ steps? in .*\nStandard output cannot be written: full$/],
  ])('writes its weights, and ends: %s', async (reason, exitCode, words) => {
    const file = join(folder, `${reason}.safetensors`);
    const graph = command('parabola', 'tfjs');
    const err: string[] = [];
    let lines = 0;
    const code = await main([...graph, '--steps', '100000', '--weights', file], {
      out: () => {
        if (++lines > 3) throw new OutputError(Object.assign(new Error('full'), { code: reason }));
      },
      err: (text) => err.push(text),
      stdin: () => Promise.resolve(''),
    });
    expect(code).toBe(exitCode);
    expect(err.join('\n')).toMatch(words);
    expect(lines).toBe(4);
    const more = await basin([...graph, '--steps', '1', '--init', file]);
    expect(more.code, more.err).toBe(0);
  });

  it('ends quietly when its process has lost its reader', async () => {
    const file = join(folder, 'closed.safetensors');
    const graph = command('parabola', 'tfjs');
    const child = spawn(
      process.execPath,
      ['scripts/basin.mjs', ...graph, '--steps', '10000000', '--weights', file],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const err: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    const ended = once(child, 'close');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await ended;
    expect(child.exitCode).toBe(141);
    expect(err.join('').trim()).toMatch(/^Engine: .*$/);
    expect((await basin([...graph, '--steps', '1', '--init', file])).code).toBe(0);
  });
});

describe('--init', () => {
  it('says where a schedule stands, and that nothing is learned beyond its end', async () => {
    const file = join(folder, 'schedule.safetensors');
    const cosine = [
      ...command('parabola', 'tfjs'),
      ...['--set', 'training.schedule={"kind":"cosine","warmupSteps":0,"finalFraction":0}'],
      ...['--steps', '4'],
    ];
    const whole = await basin([...cosine, '--weights', file]);
    expect(whole.err).not.toContain('schedule');
    const rates = steps(whole.out).map(
      (line) => (JSON.parse(line) as { learningRate: number }).learningRate,
    );
    expect(rates.map((rate) => rate / (rates[0] ?? 1))).toEqual([
      1,
      ...[0.853553, 0.5, 0.146447].map((factor) => expect.closeTo(factor, 4) as number),
    ]);
    const more = await basin([...cosine, '--init', file]);
    expect(more.code).toBe(0);
    expect(more.err).toContain('The schedule stands at step 4 of 4, at a rate of 0.');
    expect(more.err).toMatch(
      /warning: The cosine schedule ends at step 4: from step 4 to 8 the rate stays at 0/,
    );
  });

  it('warns of another seed and another optimizer', async () => {
    const file = join(folder, 'parabola.safetensors');
    await basin([...command('parabola', 'tfjs'), '--steps', '2', '--weights', file]);
    const { code, err } = await basin([
      ...command('parabola', 'tfjs'),
      ...['--steps', '2', '--init', file, '--seed', '9'],
      ...['--set', 'training.optimizer={"kind":"sgd","momentum":0}'],
    ]);
    expect(code).toBe(0);
    expect(err).toContain('this run has seed 9');
    expect(err).toMatch(/trained with adam.*this run has sgd/);
  });

  it('takes a part where that is asked for', async () => {
    const file = join(folder, 'vicreg.safetensors');
    await basin([...command('vicreg', 'tfjs'), '--steps', '2', '--weights', file]);
    const wider = [
      ...command('vicreg', 'tfjs'),
      '--set',
      'expanderA.width=24',
      '--set',
      'expanderB.width=24',
      '--steps',
      '1',
    ];
    const refused = await basin([...wider, '--init', file]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('where the graph has');
    const taken = await basin([...wider, '--init', file, '--init-partial']);
    expect(taken.code, taken.err).toBe(0);
    expect(taken.err).toContain('Part of the weights was left out');
    expect(steps(taken.out)[0]).toContain('"step":1,');
    const anew = await basin(wider);
    expect(steps(taken.out)[0]).not.toBe(steps(anew.out)[0]);
  });

  it('is refused with a saving rhythm for no file', async () => {
    const { code, err } = await basin([...command('parabola', 'tfjs'), '--save-every', '5']);
    expect(code).toBe(2);
    expect(err).toContain('--weights');
  });
});
