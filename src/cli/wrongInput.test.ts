import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSafetensors } from '../interop/safetensors';
import { buildProgram, main } from './main';
import type { Terminal } from './output';

/** Every command with every kind of wrong input that it can be given. */

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'basin-wrong-'));
  await mkdir(join(folder, 'folder'));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'empty.json': '',
    'text.json': 'no JSON',
    'list.json': '[1, 2]',
    'foreign.json': '{"format": "other", "version": 1}',
    'newer.json': '{"format": "basin", "version": 999}',
    'cut.json': '{"format": "basin", "nodes": [',
    'deep.json': '['.repeat(1e5),
    'noise.json': Uint8Array.from({ length: 999 }, (_, index) => (index * 7919) % 256),
    'picture.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    'incomplete.json': JSON.stringify({
      format: 'basin',
      version: 1,
      nodes: [{ id: 'energy', kind: 'energy.squared', params: {} }],
      edges: [],
    }),
    'huge.safetensors': Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 1, 2, 3),
    'other.safetensors': writeSafetensors([
      { name: 'nobody.weight', shape: [1], values: Float32Array.of(1) },
    ]),
    'step.safetensors': writeSafetensors([], { step: '-1' }),
    'endless.safetensors': writeSafetensors([], { step: 'Infinity' }),
    'points.json': '{"points.x": [[1]], "points.y": [[1]]}',
    'words.json': '{"points.x": [["a"]]}',
    'short.json': '{"points.x": [[1, 2, 3]], "points.y": [[1]]}',
    'infinite.json': '{"points.x": [[1e999]], "points.y": [[1]]}',
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const SILENT: Terminal = {
  out: () => undefined,
  err: () => undefined,
  stdin: () => Promise.resolve(''),
};
const COMMANDS = buildProgram(SILENT, () => undefined).commands;

/** What a command is told beside its subject where all is right. `{}` is the folder of the test's files. */
const RIGHT: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  train: [
    ['--steps', '1'],
    ['--engine', 'reference'],
  ],
  probe: [
    ['--weights', '{}/other.safetensors'],
    ['--engine', 'reference'],
  ],
  energy: [
    ['--at', '{}/points.json'],
    ['--engine', 'reference'],
  ],
  sample: [
    ['--port', 'predictor.out'],
    ['--count', '1'],
    ['--engine', 'reference'],
  ],
  sweep: [
    ['--over', 'training.seed=1'],
    ['--engine', 'reference'],
    ['--steps', '1'],
  ],
  export: [
    ['--to', 'pytorch'],
    ['--output', '{}/folder/export'],
  ],
};

/** Wrong values, and what a command ends with for each of them. */
type Wrong = readonly (readonly [values: readonly string[], exitCode: number])[];

const NO_NUMBERS = ['', ' ', 'x', '1.5', 'NaN', 'Infinity', '-Infinity', '-1', '1e99', '0x', '1,5'];
const NO_COUNTS = [...NO_NUMBERS, '0'];
const NO_CHOICES = ['', 'abacus', 'constructor', '__proto__'];
const NO_FILES = ['', '--json', '{}/nowhere', '{}/folder', '{}/nowhere/file', '{}/text.json/file'];
const NO_OUTPUTS = ['', '--json', '{}/folder', '{}/nowhere/file', '{}/text.json/file'];
const NO_FOLDERS = ['', '--json', '{}/text.json', '{}/text.json/file'];
const WEIGHTS: Wrong = [
  [NO_FILES, 2],
  [
    ['text.json', ...['huge', 'other', 'step', 'endless'].map((name) => `${name}.safetensors`)].map(
      (name) => `{}/${name}`,
    ),
    1,
  ],
];

/** By option, and by command and option where it means something else there. */
const WRONG: Readonly<Record<string, Wrong>> = {
  '--seed': [[NO_NUMBERS, 2]],
  '--batch': [[[...NO_COUNTS, '65537'], 2]],
  '--steps': [[[...NO_COUNTS, '100000001'], 2]],
  '--every': [[NO_COUNTS, 2]],
  // Without weights that would be saved, any number is wrong.
  '--save-every': [[[...NO_COUNTS, '5'], 2]],
  '--count': [[[...NO_COUNTS, '1000001'], 2]],
  '--seeds': [[[...NO_COUNTS, '101'], 2]],
  '--trials': [[NO_COUNTS, 2]],
  '--engine': [[NO_CHOICES, 2]],
  '--print': [[NO_CHOICES, 2]],
  '--order': [[NO_CHOICES, 2]],
  '--to': [[NO_CHOICES, 2]],
  '--set': [
    [
      [
        ...['', '=', '.=', 'predictor', 'predictor.widths', '.widths=1', 'ghost.x=1'],
        ...['predictor.wings=1', 'predictor.constructor=1', 'predictor.__proto__=1'],
        ...['predictor.toString=1', 'predictor.bypassed=maybe', 'predictor.widths.0=1'],
        ...['__proto__.x=1', 'constructor.name=1', 'training.=1', 'training.speed=1'],
        ...['training.constructor=1', 'training.toString=1', 'training.__proto__=1'],
        ...['training.__proto__.hasOwnProperty=1', 'training.optimizer.__proto__.x=1'],
        ...['training.optimizer.kind=magic', 'training.seed.x=1', 'training.steps=0'],
        ...['training.steps=1e99', 'training.learningRate=-1', 'training.learningRate=fast'],
        ...['training.batchSize=null', 'training.schedule={}', 'training=1'],
      ],
      2,
    ],
    [['predictor.widths=wide', 'predictor.widths=[-1]', 'predictor.activation=none2'], 1],
  ],
  'link --set': [[['', 'predictor', 'ghost.x=1', 'predictor.wings=1', 'training.speed=1'], 2]],
  '--data': [
    [['', '=', 'points', 'points=', 'ghost={}/text.json', 'points={}/text.json', '=x'], 2],
  ],
  '--port': [[['', '.', 'x', 'ghost.out', 'predictor.none', 'predictor.', '.out'], 2]],
  '--at': [
    [
      [
        ...[...NO_FILES, '{}/text.json', '{}/empty.json', '{}/list.json', '{}/words.json'],
        ...['{}/short.json', '{}/infinite.json', '{}/foreign.json', '{}/deep.json'],
        ...['{}/noise.json'],
      ],
      2,
    ],
  ],
  '--over': [
    [['', 'predictor', 'predictor.widths', '=1', 'ghost.x=1', 'predictor.wings=1,2'], 2],
    [['training.seed=', 'training.seed=1,1', 'training.seed=0..1', 'training.constructor=1'], 2],
    [['training.seed=0..1/0', 'training.seed=0..1/1e9', 'training.steps=0', '__proto__.x=1'], 2],
  ],
  // Without a sweep there is nothing to go over.
  'export --over': [[['', 'training.seed=1,2'], 2]],
  '--metric': [[['', '--json', 'speed', '__proto__', 'constructor'], 2]],
  '--init': WEIGHTS,
  '--weights': WEIGHTS,
  'train --weights': [[NO_OUTPUTS, 2]],
  '--out': [[NO_FOLDERS, 2]],
  '--output': [[NO_OUTPUTS, 2]],
  'export --output': [[NO_FOLDERS, 2]],
};

/** Options without a value, and one that may have any. */
const FREE: ReadonlySet<string> = new Set([
  ...['--json', '--init-partial', '--efficiency', '--sweep', '--base'],
]);

const WRONG_SUBJECTS: Readonly<Record<string, Wrong>> = {
  graph: [
    [['', '{}/nowhere', '{}/folder', '../parabola', 'constructor', '__proto__'], 2],
    [
      [
        ...['empty', 'text', 'list', 'foreign', 'newer', 'cut', 'deep', 'noise'].map(
          (name) => `{}/${name}.json`,
        ),
        ...['{}/picture.png', '{}/huge.safetensors', '-'],
      ],
      1,
    ],
  ],
  url: [
    [
      [
        ...['', '#', '#v1=', '#v1=%%%', '#v2=AAAA', '#v999=AAAA', 'https://example.org', '\0'],
        ...['%', '#v2=%E0%A4%A', '#v1=constructor'],
      ],
      1,
    ],
  ],
};

/** A sound subject, so that nothing but the option is wrong. */
const SUBJECTS: Readonly<Record<string, () => Promise<string>>> = {
  graph: () => Promise.resolve('parabola'),
  url: async () => (await basin(['link', 'parabola'])).out[0] ?? '',
};

async function basin(argv: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    stdin: () => Promise.resolve(''),
  });
  return { code, out, err: err.join('\n') };
}

/** The command ends with the code and says why, in the way of programs too, and in nothing but words. */
async function expectRefusal(argv: readonly string[], exitCode: number): Promise<void> {
  const placed = argv.map((word) => word.replace('{}', folder));
  const hasJson = buildProgram(SILENT, () => undefined)
    .commands.find((command) => command.name() === argv[0])
    ?.options.some(({ long }) => long === '--json');
  for (const all of hasJson ? [placed, placed.toSpliced(1, 0, '--json')] : [placed]) {
    const { code, out, err } = await basin(all);
    const told = [err, ...out].join('\n');
    expect(code, `${JSON.stringify(all)}\n${told}`).toBe(exitCode);
    expect(told, JSON.stringify(all)).toMatch(/\w{3,} \w/);
    expect(told).not.toMatch(/^ {4}at |undefined|\[object|NaN is/m);
    if (all !== placed) {
      const last = JSON.parse(out.at(-1) ?? '') as unknown;
      expect(last, JSON.stringify(all)).toMatchObject({ ok: false });
    }
  }
}

describe.each(COMMANDS.map((command) => [command.name(), command] as const))(
  '%s',
  (name, command) => {
    const [argument] = command.registeredArguments;
    const subject = async (): Promise<readonly string[]> => {
      const make = SUBJECTS[argument?.name() ?? ''];
      return make ? [await make()] : [];
    };
    const right = (but = ''): readonly string[] =>
      (RIGHT[name] ?? []).filter(([option]) => option !== but).flat();

    it('refuses options and words that it does not know', async () => {
      await expectRefusal([name, ...(await subject()), ...right(), '--fly'], 2);
      await expectRefusal([name, ...(await subject()), ...right(), 'more'], 2);
    });

    it.each(argument ? [[argument.name()]] : [])('refuses what is no %s', async (what) => {
      await expectRefusal([name, ...right()], 2);
      const rows = WRONG_SUBJECTS[what] ?? [];
      expect(rows).not.toEqual([]);
      for (const [values, exitCode] of rows) {
        for (const value of values) await expectRefusal([name, value, ...right()], exitCode);
      }
    });

    const valued = command.options.filter(({ long }) => !FREE.has(long ?? ''));
    it.each(valued.map((option) => [option.long ?? '', option] as const))(
      'refuses wrong values of %s',
      async (long, { mandatory }) => {
        const begin = [name, ...(await subject()), ...right(long)];
        await expectRefusal([...begin, long], 2);
        if (mandatory) await expectRefusal(begin, 2);
        const rows = WRONG[`${name} ${long}`] ?? WRONG[long] ?? [];
        expect(rows, 'has a row in the table').not.toEqual([]);
        for (const [values, exitCode] of rows) {
          for (const value of values) await expectRefusal([...begin, long, value], exitCode);
        }
      },
    );
  },
);
