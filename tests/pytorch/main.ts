/**
 * Runs the PyTorch scripts of the templates and of every kind of node: from the same weights and batches they have the losses of the
 * reference engine, and two processes have those of one.
 *
 *   npm run test:pytorch -- [--only a,b] [--record]
 *
 * The reference engine is slow, so its losses are kept in losses.json, each with a hash of the program that it ran; where that has
 * changed it runs again. --record writes the file anew.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { registry } from '../../nodes/index';
import { findPyTorch } from '../../scripts/lib/pytorch.mjs';
import { readAsset } from '../../src/cli/assets';
import { readTemplateText, templateSlugs } from '../../src/cli/templates';
import { analyse } from '../../src/compiler/analysis/analyse';
import { sketchDocument } from '../../src/compiler/testing/testGraphs';
import { defined } from '../../src/core/invariant';
import { readDocument } from '../../src/document/read';
import type { BasinDocument } from '../../src/document/schema';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { exportPytorch, type ExportedFiles } from '../../src/interop/pytorch/exportPytorch';
import { printProgram } from '../../src/ir/print';
import type { SweepDefinition } from '../../src/runs/sweepDefinition';
import { exportSweep } from '../../src/sweeps/pytorch/exportSweep';
import { readTrialLines } from '../../src/sweeps/pytorch/trialLines';
import { prepareTraining } from '../../src/training/prepareTraining';
import { kindGraphs } from './kindGraphs';

const STEPS = 20;
/** Relative, in float64 on both sides. */
const TOLERANCE = 1e-4;
const RANKS_TOLERANCE = 1e-5;
const ON_TWO = ['vicreg', 'barlow-twins', 'sigreg', 'infonce', 'byol', 'images', 'hardest'];
/**
 * `torchrun` on two processes, with the option as PyTorch 1.13 spells it. Debian's, on Python 3.11, takes “nothing is redirected”, the
 * default, for no answer.
 */
const TORCHRUN = [
  ...['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node=2'],
  ...['--redirects=2', '--tee=2'],
];
const RECORD = join(import.meta.dirname, 'losses.json');

interface Recorded {
  /** Of the program that was run. */
  readonly program: string;
  readonly loss: readonly number[];
}

interface Line {
  readonly folder?: string;
  readonly trap?: string;
  readonly seconds?: number;
  readonly loss?: readonly number[] | number;
  readonly fault?: string;
  readonly flow?: string;
  readonly step?: number;
  readonly gradNorm?: unknown;
  readonly evaluation?: unknown;
  readonly done?: boolean;
  readonly holds?: boolean;
  readonly ended?: boolean;
  readonly path?: string;
  readonly losses?: readonly number[];
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, record: { type: 'boolean', default: false } },
});
const found = findPyTorch();
if ('problem' in found) {
  console.log(`The PyTorch scripts could not be run: ${found.problem}.`);
  process.exit(0);
}
const { python } = found;
/** What is run: each template by its slug, and graphs of the kinds that none of them has. */
const documents = new Map<string, BasinDocument>([
  ...(await Promise.all(
    (await templateSlugs()).map(async (slug) => [slug, await readTemplate(slug)] as const),
  )),
  ...(await kindGraphs()),
]);
const all = [...documents.keys()];
const slugs = values.only?.split(',') ?? all;
const folder = mkdtempSync(join(tmpdir(), 'basin-pytorch-'));
let passed = 0;
let failed = 0;
try {
  await checkAll();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function checkAll(): Promise<void> {
  claim('every kind is in one of them', untried().length === 0, untried().join(', '));
  for (const slug of slugs) await write(documentOf(slug), join(folder, slug));
  await write(infoNceTrap(), join(folder, 'traps', 'infonce'));
  await write(sigregTrap(), join(folder, 'traps', 'sigreg'));
  const [compiled] = await runPython([['-m', 'compileall', '-q', folder]]);
  claim('scripts compile', compiled?.status === 0, compiled?.errors ?? '');
  const scripts = slugs.map((slug) => join(folder, slug, 'train.py'));
  const [linted] = await runPython([['-m', 'pyflakes', ...scripts]]);
  const hasLinter = linted?.errors.includes('No module named') === false;
  if (hasLinter) claim('pyflakes has nothing to say', linted.status === 0, linted.output);
  else console.log('– pyflakes is not installed');
  const expected = await references();

  // A process for each of two cores, the slow ones dealt out evenly.
  const halves = [0, 1].map((half) => slugs.filter((_, index) => index % 2 === half));
  const runs = await runPython(
    halves.map((half) => [
      join(import.meta.dirname, 'check.py'),
      String(STEPS),
      ...half.map((slug) => join(folder, slug)),
    ]),
  );
  const alone = linesOf(runs);
  for (const slug of slugs) {
    const line = alone.find((other) => other.folder === join(folder, slug));
    claimLosses(slug, line, defined(expected.get(slug), slug), TOLERANCE);
  }
  await checkTwo(alone);
  await checkFlows();
}

/** Checkpoints, and the trials of a sweep, which Runs has to take in. */
async function checkFlows(): Promise<void> {
  const sweep = smallSweep(documentOf('pca'));
  const exported = await exportSweep(sweep, registry, { asset: readAsset });
  if (!exported.ok) throw new Error('the sweep cannot be exported');
  save(exported.value, join(folder, 'sweep'));
  await write(documentOf('byol'), join(folder, 'resumed'));
  const lines = linesOf(
    await runPython([
      [join(import.meta.dirname, 'flows.py'), join(folder, 'resumed'), join(folder, 'sweep')],
    ]),
  );
  const resumed = lines.find(({ flow }) => flow === 'resume');
  claim('a run goes on from its checkpoint with the same lines', resumed?.holds === true, '');
  const swept = lines.find(({ flow }) => flow === 'sweep');
  claim('Optuna may end a trial', swept?.ended === true, '');
  const text = swept?.path === undefined ? '' : readFileSync(swept.path, 'utf8');
  const read = readTrialLines(text, 'the runs', registry);
  const found = read.ok ? read.value.runs.map(({ record }) => [record.trial?.trial, record.curve.last[0]]) : []; // prettier-ignore
  const [first, last] = swept?.losses ?? [];
  const should = [[0, first], [7, last]]; // prettier-ignore
  claim('Runs takes in the trials', JSON.stringify(found) === JSON.stringify(should), JSON.stringify([found, should])); // prettier-ignore
}

function smallSweep(document: BasinDocument): SweepDefinition {
  const axis = (target: string, parameter: string, values: number[]) => ({
    ...{ target, parameter, values },
    label: parameter,
  });
  return {
    id: 'sweep',
    name: 'Sweep',
    created: 0,
    document,
    engine: 'pytorch',
    steps: 12,
    axes: [axis('training', 'learningRate', [0.01, 1e-7]), axis('encoder', 'width', [2, 3])],
    seeds: 2,
    order: 'grid',
    trials: null,
  };
}

/** Two processes against one, and the traps. */
async function checkTwo(alone: readonly Line[]): Promise<void> {
  const pairs = ON_TWO.filter((slug) => slugs.includes(slug));
  const lines = linesOf(
    await runPython([
      [
        ...[...TORCHRUN, join(import.meta.dirname, 'ranks.py'), String(STEPS)],
        ...[join(folder, 'traps'), ...pairs.map((slug) => join(folder, slug))],
      ],
    ]),
  );
  const trap = (name: string, expected: number): void => {
    const loss = lines.find((line) => line.trap === name)?.loss;
    const is = typeof loss === 'number' ? loss : NaN;
    claim(`${name} on two processes is ${expected}`, Math.abs(is - expected) < 1e-6, String(loss));
  };
  trap('infonce', 1.386294361);
  trap('sigreg', 0.2056592);
  for (const slug of pairs) {
    const path = join(folder, slug);
    const one = alone.find((line) => line.folder === path)?.loss;
    const two = lines.find((line) => line.folder === path);
    claimLosses(`${slug} on two processes`, two, Array.isArray(one) ? one : [], RANKS_TOLERANCE);
  }
  const [slug] = pairs;
  if (slug === undefined) return;
  // The script itself, as a user starts it: one of the two prints, evaluates and writes.
  const script = [join(folder, slug, 'train.py'), '--steps=3', '--every=1', '--dtype=float64'];
  const printed = linesOf(await runPython([[...TORCHRUN, ...script]]));
  const steps = printed.flatMap(({ step, gradNorm, loss }) => (gradNorm === undefined ? [] : [[step, loss]])); // prettier-ignore
  const one = alone.find(({ folder: path }) => path === join(folder, slug))?.loss;
  const isSame = steps.length === 3 && steps.every(([step, loss], index) => step === index + 1 && Math.abs(Number(loss) - Number(Array.isArray(one) ? one[index] : NaN)) < 1e-8); // prettier-ignore
  const ends = printed.filter(({ evaluation, done }) => evaluation !== undefined || done).length;
  claim(`torchrun train.py of ${slug} prints once`, isSame && ends === 2, JSON.stringify(printed));
}

function claimLosses(
  what: string,
  line: Line | undefined,
  expected: readonly number[],
  tolerance: number,
): void {
  const losses = Array.isArray(line?.loss) ? (line.loss as readonly number[]) : [];
  const worst = Math.max(
    ...Array.from({ length: STEPS }, (_, step) => {
      const [is = NaN, should = NaN] = [losses[step], expected[step]];
      const error = Math.abs(is - should) / Math.max(Math.abs(should), 1e-12);
      return Number.isNaN(error) ? Infinity : error;
    }),
  );
  const seconds = line?.seconds === undefined ? '' : `, ${line.seconds.toFixed(1)} s`;
  claim(
    `${what}: within ${worst.toExponential(1)}${seconds}`,
    worst <= tolerance,
    line?.fault ?? '',
  );
}

function claim(what: string, holds: boolean, more: string): void {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? '✓' : '✗'} ${what}${holds || more === '' ? '' : `: ${more}`}`);
}

// Documents ------------------------------------------------------------------------------------

function documentOf(name: string): BasinDocument {
  return defined(documents.get(name), name);
}

/** Kinds that nothing here has; probes and notes are not in scripts. */
function untried(): readonly string[] {
  const tried = new Set(
    [...documents.values()].flatMap(({ nodes }) => nodes.map(({ kind }) => kind)),
  );
  return registry.definitions.flatMap(({ kind, category }) =>
    tried.has(kind) || category === 'probe' || category === 'note' ? [] : [kind],
  );
}

async function readTemplate(slug: string): Promise<BasinDocument> {
  const read = readDocument(await readTemplateText(slug), slug);
  if (!read.ok) throw new Error(`${slug} cannot be read`);
  return read.value;
}

/** One embedding for all rows: what tells the pairs apart is nothing but their number. */
function infoNceTrap(): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola', count: 40 }],
      a: ['module.linear', { width: 2 }],
      b: ['module.linear', { width: 2 }],
      loss: 'loss.infoNCE',
    },
    edges: ['points.x -> a.in', 'points.y -> b.in', 'a.out -> loss.a', 'b.out -> loss.b'],
    training: { batchSize: 4 },
  });
}

/** A representation of one number, so that each random direction is that number or its opposite. */
function sigregTrap(): BasinDocument {
  return sketchDocument({
    nodes: {
      points: ['data.points', { shape: 'parabola', count: 40 }],
      f: ['module.linear', { width: 1 }],
      loss: ['reg.sigreg', { weight: 1 }],
    },
    edges: ['points.x -> f.in', 'f.out -> loss.z'],
    training: { batchSize: 2 },
  });
}

async function write(document: BasinDocument, path: string): Promise<void> {
  const exported = await exportPytorch(document, registry, { asset: readAsset });
  if (!exported.ok) throw new Error(exported.diagnostics.map(({ message }) => message).join(' '));
  save(exported.value, path);
}

function save(files: ExportedFiles, path: string): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  }
}

// The reference engine -------------------------------------------------------------------------

async function references(): Promise<ReadonlyMap<string, readonly number[]>> {
  const kept = JSON.parse(readFileSync(RECORD, 'utf8')) as Record<string, Recorded>;
  const known = values.record ? {} : kept;
  const losses = new Map<string, readonly number[]>();
  // What is not among those that were asked for stays as it was; templates that are gone go.
  const written: Record<string, Recorded> = Object.fromEntries(
    Object.entries(kept).filter(([slug]) => all.includes(slug)),
  );
  for (const slug of slugs) {
    const prepared = await prepareTraining(analyse(documentOf(slug), registry), {
      asset: readAsset,
    });
    if (!prepared.ok) throw new Error(`${slug} cannot be trained`);
    const { training, data } = prepared.value;
    const program = createHash('sha256').update(printProgram(training.program)).digest('hex');
    let recorded = known[slug];
    if (recorded?.program !== program) {
      console.log(`${slug}: the reference engine runs, as its program is new`);
      const executable = await createReferenceEngine().compile(training.program, data);
      await executable.run(STEPS);
      const { names, values: rows } = await executable.drainMetrics();
      const loss = Array.from({ length: STEPS }, (_, step) => rows[step * names.length + names.indexOf('loss')] ?? NaN); // prettier-ignore
      executable.dispose();
      recorded = { program, loss };
    }
    losses.set(slug, recorded.loss);
    written[slug] = recorded;
  }
  if (values.record) writeFileSync(RECORD, `${JSON.stringify(written, null, 1)}\n`);
  return losses;
}

// Python ---------------------------------------------------------------------------------------

interface PythonRun {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

function runPython(commands: readonly (readonly string[])[]): Promise<PythonRun[]> {
  return Promise.all(
    commands.map(
      (args) =>
        new Promise<PythonRun>((resolve) => {
          let [output, errors] = ['', ''];
          const child = spawn(python, [...args], {
            cwd: dirname(RECORD),
            env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
          });
          child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
          child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
          child.on('error', (error) => resolve({ status: null, output, errors: error.message }));
          child.on('close', (status) => resolve({ status, output, errors }));
        }),
    ),
  );
}

function linesOf(runs: readonly PythonRun[]): Line[] {
  return runs.flatMap(({ status, output, errors }) => {
    if (status !== 0) console.log(errors.split('\n').slice(-15).join('\n'));
    return output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : [])); // prettier-ignore
  });
}
