import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildProgram, main } from '../../src/cli/main';
import type { Terminal } from '../../src/cli/output';
import { writeSafetensors } from '../../src/interop/safetensors';
import { documentText } from './documents';
import { encodeShareLink } from '../../src/document/shareLink';
import { DOCUMENT_TEXTS, DOCUMENTS } from './samples';
import { must, target } from './target';

const SILENT: Terminal = {
  out: () => undefined,
  err: () => undefined,
  stdin: () => Promise.resolve(''),
};
const COMMANDS = buildProgram(SILENT, () => undefined).commands;

const folder = mkdtempSync(join(tmpdir(), 'basin-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'text.json'), 'no JSON');
writeFileSync(join(folder, 'points.json'), '{"points.x": [[0.1]], "points.y": [[0.2]]}');
writeFileSync(
  join(folder, 'other.safetensors'),
  writeSafetensors([{ name: 'a', shape: [1], values: Float32Array.of(1) }], { step: '3' }),
);

const [LINK = ''] = DOCUMENTS.flatMap((document) => {
  const fragment = encodeShareLink(document);
  return fragment.ok ? [`#${fragment.value}`] : [];
});

/** What is right more often than not, so that some command lines are right as a whole. */
function mostly(right: readonly string[], wrong: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}

const inFolder = (...names: readonly string[]): string[] => names.map((name) => join(folder, name));

/** Quick to train, and none of them is large. */
const graph = mostly(
  ['parabola', 'parabola', 'ellipse', 'kmeans', 'pca'],
  ['-', '-', 'nowhere', ''],
);
const written = mostly(inFolder('written'), ['', ...inFolder('none/written', 'text.json/x')]);
const readable = mostly(inFolder('points.json', 'written'), [
  '',
  ...inFolder('text.json', 'other.safetensors', 'none'),
]);
/** Small enough for what trains: other numbers are wrong. */
const number = mostly(['1', '2', '3'], ['0', '-1', '1.5', '1e99', 'NaN', '', ' 2 ', '0x3', '١']);
const node = mostly(
  ['predictor', 'training', 'points'],
  ['energy', 'encoder', 'ghost', '__proto__', ''],
);
const name = mostly(
  ['bypassed', 'learningRate', 'seed', 'weight', 'count'],
  [
    ...['widths', 'width', 'activation', 'schedule.kind', 'optimizer.kind', 'constructor'],
    ...['__proto__', '__proto__.x', '', 'a.b.c'],
  ],
);
const value = mostly(
  ['1', '2', 'true', '0', '1,2'],
  [
    ...['-1', '1e99', 'null', '[]', '[4]', '{}', '"x"', 'cosine', 'sgd', 'word', '0..1/2'],
    ...['0..1/2/log', '1..1/1', '0..1/1e9', ',', '[[[[', '{"a":{"b":1}}', '\ud800'],
  ],
);

const setting = fc
  .tuple(node, name, value)
  .map(([target, parameter, text]) => `${target}.${parameter}=${text}`);

/** Values for an option, right ones among them. */
function valuesOf(command: string, long: string): fc.Arbitrary<string> {
  if (/^--(out|output)$/.test(long) || `${command} ${long}` === 'train --weights') {
    return written;
  }
  if (/^--(weights|init|at)$/.test(long)) return readable;
  if (/^--(set|over)$/.test(long)) return setting;
  if (/^--(steps|batch|seed|seeds|trials|count|every|save-every)$/.test(long)) {
    return number;
  }
  const [right, wrong] = CHOICES[long] ?? [['x'], ['', 'https://example.org/']];
  return mostly(right, wrong);
}

const CHOICES: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  '--engine': [['reference'], ['abacus']],
  '--print': [['plan', 'ir', 'wgsl', 'graph'], ['x']],
  '--order': [['grid', 'random'], ['x']],
  '--to': [['pytorch'], ['x']],
  '--port': [
    ['predictor.out', 'points.x'],
    ['energy.energy', 'x', '.', '__proto__.out'],
  ],
  '--metric': [
    ['loss', 'gradNorm', 'term:energy'],
    ['constructor', '__proto__', ''],
  ],
  '--data': [['points='], ['x', '', ...inFolder('text.json').map((file) => `points=${file}`)]],
};

const commandLine: fc.Arbitrary<readonly string[]> = fc
  .constantFrom(...COMMANDS)
  .chain((command) => {
    const name = command.name();
    const [argument] = command.registeredArguments;
    const subject =
      argument === undefined
        ? fc.constant<readonly string[]>([])
        : (argument.name() === 'graph' ? graph : mostly([LINK], ['#v1=AAAA', '#v2=', 'x'])).map(
            (word) => [word],
          );
    const options = command.options.map((option) => {
      const long = option.long ?? '';
      const given: fc.Arbitrary<readonly string[]> = option.required
        ? valuesOf(name, long).map((value) => [long, value])
        : fc.constant([long]);
      // What is needed is mostly there, and what is not mostly not.
      const often = option.mandatory || long === '--steps' || long === '--engine';
      return fc
        .integer({ min: 0, max: 9 })
        .chain((chance) => (chance < (often ? 9 : 2) ? given : fc.constant<readonly string[]>([])));
    });
    const stray = fc.constantFrom<readonly string[]>(
      ...Array<readonly string[]>(16).fill([]),
      ['--fly'],
      ['--'],
      ['more'],
    );
    return fc
      .tuple(subject, fc.tuple(...options), stray)
      .map(([words, given, more]) => [name, ...words, ...given.flat(), ...more]);
  })
  .map(bounded);

/** Whatever trains does it for a few steps on an engine that is there: a long run is no hang. */
function bounded(argv: readonly string[]): readonly string[] {
  const [name = ''] = argv;
  if (!/^(train|sweep|probe|energy|sample)$/.test(name)) return argv;
  const missing = (option: string, value: string): string[] =>
    argv.includes(option) ? [] : [option, value];
  return [
    name,
    ...missing('--engine', 'reference'),
    ...(name === 'train' || name === 'sweep' ? missing('--steps', '2') : []),
    ...argv.slice(1),
  ];
}

const CODES: ReadonlySet<number> = new Set([0, 1, 2, 3]);

/** Any command line ends with a code of the contract, and says why in words where it is not 0. */
export const commands = target(
  'command lines',
  { short: 60, long: 2000 },
  fc.tuple(commandLine, fc.oneof(fc.constantFrom(...DOCUMENT_TEXTS), documentText)),
  async ([argv, stdin]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await main(argv, {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      stdin: () => Promise.resolve(stdin),
    });
    must(CODES.has(code), `It ends with ${code}.`);
    must(code === 0 || /\w/.test([...out, ...err].join('')), 'It fails without a word.');
    must(!/^ {4}at /m.test(err.join('\n')), 'It prints a stack trace.');
  },
);
