import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../document/canonical';
import { withDocument } from '../document/pngDocument';
import { readDocument } from '../document/read';
import { sketchDocument } from '../compiler/testing/testGraphs';
import { main } from './main';
import { readTemplateText } from './templates';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The lines that have a null for a number and no diagnostic; an energy without pairs or latents has nulls of its own. */
function silentNulls(lines: readonly string[]): string[] {
  const rightly = ['shuffled', 'gap', 'latentRise'];
  return lines.filter((line) => {
    let nulls = 0;
    const value = JSON.parse(line, (key, inner: unknown) => {
      if (inner === null && !rightly.includes(key)) nulls++;
      return inner;
    }) as { diagnostics?: unknown[] };
    return nulls > 0 && !value.diagnostics?.length;
  });
}

/** Runs a command line as a process would, with its output caught. */
async function basin(argv: readonly string[], stdin: string | Uint8Array = '') {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(stdin),
  });
  return { code, out, err: err.join('\n'), json: () => JSON.parse(out[0] ?? '') as unknown };
}

const WITHOUT_TARGET = canonicalJson(
  sketchDocument({
    nodes: { digits: 'data.digits', encoder: 'module.mlp', energy: 'energy.squared' },
    edges: ['digits.x -> encoder.in', 'encoder.out -> energy.a'],
  }),
);

describe('catalogue commands', () => {
  it('list templates with slug, title, section and number of nodes', async () => {
    const { code, json } = await basin(['templates', '--json']);
    expect(code).toBe(0);
    expect(json()).toContainEqual({
      slug: 'parabola',
      title: 'Parabola',
      section: 'Fig. 3b, 5a',
      nodes: 3,
    });
  });

  it('list node kinds with ports and JSON Schema', async () => {
    const { json } = await basin(['nodes', '--json']);
    expect(json()).toContainEqual(
      expect.objectContaining({
        kind: 'energy.squared',
        category: 'energy',
        outputs: [{ name: 'energy', type: 'energy' }],
        params: expect.objectContaining({ type: 'object' }) as unknown,
      }),
    );
  });
});

describe('check', () => {
  it('says that a template is sound', async () => {
    const { code, json } = await basin(['check', 'parabola', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ ok: true, objective: 'L = mean(F(x, y))', parameters: 1153 });
  });

  it('reads standard input and exits with 1 where the graph has errors', async () => {
    const { code, json } = await basin(['check', '-', '--json'], WITHOUT_TARGET);
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'node.missing-input', nodeId: 'energy', portId: 'b' }],
    });
  });

  it('says what would mend a finding', async () => {
    const { json } = await basin(['check', 'vicreg', '--set', 'vicreg.variance=0', '--json']);
    expect(json()).toMatchObject({
      diagnostics: [
        {
          code: 'lint.joint-embedding-collapse',
          remedy: 'Set variance weight μ of “VICReg” to 25',
        },
      ],
    });
  });

  it('reads a file and standard input in UTF-16, as PowerShell writes', async () => {
    const file = join(folder, 'utf16.json');
    const text = Buffer.from(`\ufeff${await readTemplateText('parabola')}`, 'utf16le');
    await writeFile(file, text);
    const expected = (await basin(['check', 'parabola', '--json'])).json();
    expect((await basin(['check', file, '--json'])).json()).toEqual(expected);
    expect((await basin(['check', '-', '--json'], text)).json()).toEqual(expected);
  });

  it('says that there are warnings', async () => {
    const last = async (...set: string[]) =>
      (await basin(['check', 'vicreg', ...set.flatMap((one) => ['--set', one])])).out.at(-1);
    expect(await last()).toBe('The graph is sound.');
    expect(await last('vicreg.variance=0')).toBe('The graph has no errors, but 1 warning.');
  });

  it('exits with 1 on what is not a document', async () => {
    expect((await basin(['check', '-'], 'no JSON')).code).toBe(1);
    const { code, json } = await basin(['check', '-', '--json'], 'no JSON');
    expect(code).toBe(1);
    expect(json()).toMatchObject({ ok: false, diagnostics: [{ code: 'document.not-json' }] });
  });
});

describe('compile', () => {
  it('prints plan, IR and WGSL', async () => {
    const plan = await basin(['compile', 'parabola', '--print', 'plan', '--json']);
    expect(plan.json()).toMatchObject({ passesPerStep: 1 });
    const { dispatchesPerStep, kernels, bytes, peakBytes, arenas } = plan.json() as {
      dispatchesPerStep: number;
      bytes: number;
      peakBytes: number;
      arenas: { bytes: number }[];
      kernels: { nodes: string[]; ops: number; bytesWritten: number; workgroups: number[] }[];
    };
    expect(arenas.reduce((sum, arena) => sum + arena.bytes, 0)).toBe(bytes);
    expect(peakBytes).toBeLessThanOrEqual(bytes);
    for (const { ops, bytesWritten, workgroups } of kernels) {
      expect(ops).toBeGreaterThan(0);
      expect(bytesWritten).toBeGreaterThan(0);
      expect(workgroups).toHaveLength(2);
    }
    expect(kernels.length).toBeGreaterThan(3);
    expect(dispatchesPerStep).toBe(kernels.length);
    expect(kernels.flatMap(({ nodes }) => nodes)).toContain('predictor');
    expect((await basin(['compile', 'parabola', '--print', 'ir'])).out[0]).toContain('dot');
    expect((await basin(['compile', 'parabola', '--print', 'wgsl'])).out[0]).toContain('@compute');
  });
});

describe('train and probe', () => {
  it('prints the same lines for the same seed, others for another, and a last line', async () => {
    const run = (...more: string[]) =>
      basin('train parabola --steps 12 --every 5 --engine tfjs --json'.split(' ').concat(more));
    const [first, second, other] = [await run(), await run(), await run('--seed', '2')];
    const lines = first.out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ step }) => step)).toEqual([1, 5, 10, 12, 12]);
    expect(second.out.slice(0, -1)).toEqual(first.out.slice(0, -1));
    expect(other.out[0]).not.toBe(first.out[0]);
    expect(lines[0]).toEqual({
      step: 1,
      loss: expect.any(Number) as number,
      terms: { energy: lines[0]?.loss },
      gradNorm: expect.any(Number) as number,
      learningRate: expect.any(Number) as number,
    });
    expect(lines.at(-1)).toMatchObject({ done: true, step: 12, engine: 'tfjs', diverged: false });
  });

  it('writes weights that probe and --init read', async () => {
    const file = join(folder, 'weights.safetensors');
    const start = 'train parabola --steps 120 --engine tfjs --json --weights'.split(' ');
    const trained = await basin([...start, file]);
    const more = 'train parabola --steps 10 --every 1 --engine tfjs --json --init'.split(' ');
    const resumed = await basin([...more, file]);
    expect(resumed.out[0]).toContain('"step":121');
    expect(lossOf(resumed.out[0])).toBeLessThan(lossOf(trained.out[0]) / 2);
    const probed = await basin(['probe', 'parabola', '--weights', file, '--json']);
    expect(probed.json()).toMatchObject({
      reps: { 'predictor.out': { dim: 1 } },
      energies: { energy: { verdict: 'healthy' } },
    });
    // The optimizer's state is of no use to a probe: nothing to warn of.
    expect(probed.err).toBe('');
  });

  const DIVERGING = [
    ...'train parabola --steps 50 --every 1 --engine tfjs --json'.split(' '),
    ...['--set', 'predictor.activation=none'],
    ...['--set', 'training.optimizer={"kind":"sgd","momentum":0}'],
    ...['--set', 'training.learningRate=1000'],
  ];

  it('changes parameters and settings, and exits with 1 when the run diverges', async () => {
    const { code, out, err } = await basin(DIVERGING);
    expect(code).toBe(1);
    const last = JSON.parse(out.at(-1) ?? '') as Record<string, unknown>;
    expect(last).toMatchObject({ done: true, diverged: true });
    expect(last.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'run.non-finite', nodeId: expect.any(String) as string }),
    );
    expect(err).toContain('F(x, y)');
  });

  it('prints no null for a number that is not finite without saying so', async () => {
    const file = join(folder, 'diverged.safetensors');
    const trained = await basin([...DIVERGING, '--weights', file]);
    const bytes = await readFile(file);
    // A safetensors file: the length of the header, the header, the numbers.
    const numbers = 8 + Number(bytes.readBigUInt64LE(0));
    for (let at = numbers; at < bytes.length; at += 4) bytes.writeFloatLE(1e30, at);
    await writeFile(file, bytes);
    const probed = await basin(['probe', 'parabola', '--weights', file, '--json']);
    expect(probed.json()).toMatchObject({
      loss: null,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ code: 'run.non-finite', path: 'loss' }),
      ]) as unknown[],
    });
    expect(trained.out.join()).toContain(':null');
    expect(silentNulls([...trained.out, ...probed.out])).toEqual([]);
  });

  it('exits with 3, and says how much is missing, when the memory does not suffice', async () => {
    const large = ['--batch', '65536', '--set', 'predictor.widths=[8192]'];
    const { code, out, err } = await basin(['train', 'parabola', '--engine', 'tfjs', ...large]);
    expect([code, out]).toEqual([3, []]);
    expect(err).toMatch(/takes at least [0-9.]+ GB; WebAssembly has at most 4.03 GB/);
    expect(err).toContain('Lower the batch size');
  });

  it('exits with 2 on wrong usage and says what there is', async () => {
    for (const [argv, text] of [
      [['train', 'parabola', '--steps', '-3'], 'whole number'],
      [['train', 'parabola', '--engine', 'abacus'], 'webgpu'],
      [['train', 'nowhere.json'], 'parabola'],
      [['train', 'parabola', '--set', 'predictor.wings=2'], 'activation'],
      [['train', 'parabola', '--set', 'ghost.weight=2'], 'predictor'],
      [['probe', 'parabola', '--weights', join(folder, 'none')], 'cannot be read'],
      [['fly'], 'unknown command'],
    ] as const) {
      const { code, err } = await basin(argv);
      expect([code, err]).toEqual([2, expect.stringContaining(text)]);
    }
  });

  it('prints with --json one object that says why nothing else is printed', async () => {
    const large = ['--batch', '65536', '--set', 'predictor.widths=[8192]'];
    for (const [argv, exitCode, text, codes] of [
      [['train', 'parabola', '--steps', '-3'], 2, 'whole number', []],
      [['link', 'nowhere.json'], 2, 'no template has that name', []],
      [['fly'], 2, 'unknown command', []],
      [['compile', '-'], 1, 'not connected', ['node.missing-input']],
      [['train', '-'], 1, 'not connected', ['node.missing-input']],
      [['train', 'parabola', '--engine', 'tfjs', ...large], 3, 'GB', ['run.out-of-memory']],
    ] as const) {
      const { code, out, err } = await basin([...argv, '--json'], WITHOUT_TARGET);
      expect([code, out.length]).toEqual([exitCode, 1]);
      expect(JSON.parse(out[0] ?? '')).toEqual({
        ok: false,
        error: expect.stringContaining(text) as string,
        exitCode,
        diagnostics: codes.map((one) => expect.objectContaining({ code: one }) as object),
      });
      expect(err).toContain(text);
      expect((await basin(argv, WITHOUT_TARGET)).out).toEqual([]);
    }
  });

  it('says before training that the weights cannot be written', async () => {
    const weights = join(folder, 'nowhere', 'weights.safetensors');
    const { code, out, err } = await basin(['train', 'parabola', '--weights', weights]);
    expect([code, out]).toEqual([2, []]);
    expect(err).toMatch(/^The weights file cannot be written to “.*nowhere.*ENOENT/);
  });

  it('checks the graph in a picture, and says that another picture has none', async () => {
    const file = join(folder, 'picture.png');
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII=',
      'base64',
    );
    const read = readDocument(await readTemplateText('jepa'));
    if (!read.ok) throw new Error('no document');
    await writeFile(file, withDocument(pixel, read.value));
    const checked = await basin(['check', file, '--json']);
    expect(checked.json()).toEqual((await basin(['check', 'jepa', '--json'])).json());
    await writeFile(file, pixel);
    const refused = await basin(['check', file]);
    expect(refused.code).toBe(1);
    expect(refused.out.join()).toContain('is a PNG image without a graph in it');
  });

  it('refuses weights of another graph', async () => {
    const file = join(folder, 'broken.safetensors');
    await writeFile(file, 'not a weights file at all');
    expect((await basin(['probe', 'parabola', '--weights', file])).code).toBe(1);
  });
});

describe('--set', () => {
  const unconvertible = '{"length": {"toString": 1, "valueOf": 2}}';
  it.each([
    ['predictor.widths', unconvertible, 1, '“widths” is not usable'],
    ['training.seed', unconvertible, 2, 'training.seed'],
    ['training.optimizer.kind', unconvertible, 2, 'training.optimizer'],
    ['training.__proto__.toString', '1', 2, 'the training settings are'],
    ['training.constructor', '1', 2, 'the training settings are'],
    ['predictor.constructor', '1', 2, 'has no parameter “constructor”'],
    ['predictor.widths', `${'['.repeat(5e4)}${']'.repeat(5e4)}`, 2, 'is not a parameter'],
  ])('of %s to a value that nobody expects is told', async (name, value, code, message) => {
    const result = await basin(['check', 'parabola', '--set', `${name}=${value}`]);
    expect(result.code).toBe(code);
    expect([...result.out, result.err].join('\n')).toContain(message);
  });
});

describe('link and open', () => {
  it('round trip to the same canonical JSON', async () => {
    const link = (await basin(['link', 'jepa', '--base', 'https://example.org/'])).out[0] ?? '';
    expect(link).toMatch(/^https:\/\/example\.org\/#v2=/);
    const file = join(folder, 'jepa.json');
    expect((await basin(['open', link, '-o', file])).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(await readTemplateText('jepa'));
  });

  it('exits with 1 on a damaged link', async () => {
    expect((await basin(['open', '#v1=%%%'])).code).toBe(1);
  });
});

function lossOf(line: string | undefined): number {
  return (JSON.parse(line ?? '{}') as { loss: number }).loss;
}
