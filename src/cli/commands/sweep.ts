import { registry } from '../../../nodes/index';
import { DatasetCache } from '../../compiler/programs/loadData';
import { newId } from '../../core/newId';
import type { BasinDocument } from '../../document/schema';
import type { WholeRun } from '../../runs/runFile';
import { sweepSchema, type SweepAxis, type SweepDefinition } from '../../runs/sweepDefinition';
import { readAxisValues } from '../../sweeps/axisValues';
import { metricNames, metricOf } from '../../sweeps/phaseDiagram';
import { runTrial, type TrialMachine } from '../../sweeps/runTrial';
import { refusedRun, trialRun } from '../../sweeps/trialRun';
import { pointTitle, trialDocument, trialsOf, type Trial } from '../../sweeps/trials';
import type { GraphOptions } from '../applySettings';
import { readAsset } from '../assets';
import { engineFactory } from '../engines';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import type { Terminal } from '../output';
import { readGraph, requireSound } from '../readGraph';
import { SweepFolder } from '../sweepFolder';
import { unwrap } from '../unwrap';

/** What says which trials there are. */
export interface SweepAsked {
  readonly over: readonly string[];
  readonly seeds: number;
  readonly steps?: number;
  readonly order: 'grid' | 'random';
  readonly trials?: number;
  readonly engine: string;
}

interface SweepOptions extends GraphOptions, SweepAsked {
  readonly metric: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** `basin sweep GRAPH --over NODE.PARAM=a,b,c …`: a training for each combination and seed, one line each as it is finished. */
export async function sweepCommand(
  terminal: Terminal,
  source: string,
  options: SweepOptions,
): Promise<void> {
  const document = await readGraph(source, terminal, options);
  const asked = definitionOf(document, options);
  for (const trial of trialsOf(asked)) {
    // What no document can have is wrong usage, and found before anything is trained.
    unwrap(terminal, trialDocument(asked, trial, registry), EXIT.usage);
  }
  requireSound(document, terminal);
  const folder = options.out === undefined ? null : await SweepFolder.open(options.out, asked);
  const sweep = folder?.sweep ?? asked;
  const metrics = options.metric.length > 0 ? options.metric : ['loss'];
  const trials = trialsOf(sweep);
  let machine: TrialMachine | null = null;
  for (const [index, trial] of trials.entries()) {
    let run = (await folder?.read(trial.trial)) ?? null;
    if (run === null) {
      machine ??= await machineOf(terminal, sweep.engine);
      run = await train(sweep, trial, machine);
      await folder?.write(run);
    }
    report(terminal, sweep, trial, run, metrics, options.json === true, {
      index,
      count: trials.length,
    });
  }
  machine?.engine.dispose();
  const all = await folder?.finish();
  if (all !== undefined) terminal.err(`All runs are in ${all}: Import in the tab Runs takes it.`);
}

/** The sweep that options ask for. */
export function definitionOf(document: BasinDocument, options: SweepAsked): SweepDefinition {
  const { over, seeds, steps, order, trials, engine } = options;
  const definition = sweepSchema.safeParse({
    id: newId(),
    name: `${document.title} over ${over.map((text) => text.split('=')[0]).join(', ')}`.slice(
      0,
      200,
    ),
    created: Date.now(),
    document,
    engine,
    steps: steps ?? document.training.steps,
    axes: over.map((text) => axisOf(document, text)),
    seeds,
    order,
    trials: trials ?? null,
  });
  if (definition.success) return definition.data;
  const [issue] = definition.error.issues;
  throw usage(`${issue?.path.join('.') ?? 'The sweep'}: ${issue?.message ?? 'not usable'}.`);
}

function axisOf(document: BasinDocument, text: string): SweepAxis {
  const [, target = '', parameter = '', list = ''] =
    /^([^.=]+)\.([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (target === '') throw usage(`“${text}” is not of the form NODE.PARAM=a,b,c.`);
  const values = readAxisValues(list);
  if (values === null) {
    throw usage(
      `“${text}”: values are a,b,c, each once, or FROM..TO/COUNT, or FROM..TO/COUNT/log.`,
    );
  }
  const node = document.nodes.find(({ id }) => id === target);
  const label = `${node?.label.trim() || target}.${parameter}`.slice(0, 200);
  return { target, parameter, label, values: [...values] };
}

async function machineOf(terminal: Terminal, engine: string): Promise<TrialMachine> {
  const chosen = unwrap(terminal, await engineFactory(engine)(), EXIT.engine);
  terminal.err(`Engine: ${chosen.engine.info.description}. ${chosen.reason}`);
  return { engine: chosen.engine, asset: readAsset, cache: new DatasetCache() };
}

async function train(
  sweep: SweepDefinition,
  trial: Trial,
  machine: TrialMachine,
): Promise<WholeRun> {
  const created = Date.now();
  const document = trialDocument(sweep, trial, registry);
  if (!document.ok) return refusedRun(sweep, trial, sweep.document, document.diagnostics, created);
  const outcome = await runTrial(document.value, registry, machine);
  return outcome.ok && outcome.value !== null
    ? trialRun(sweep, trial, document.value, outcome.value, created)
    : refusedRun(sweep, trial, document.value, outcome.diagnostics, created);
}

function report(
  terminal: Terminal,
  sweep: SweepDefinition,
  { trial, values, seed }: Trial,
  { record }: WholeRun,
  metrics: readonly string[],
  json: boolean,
  { index, count }: { readonly index: number; readonly count: number },
): void {
  const measured = Object.fromEntries(metrics.map((name) => [name, metricOf(record, name)]));
  const missing = metrics.find((name) => measured[name] === null);
  if (record.status === 'done' && missing !== undefined) {
    const names = metricNames(record).join(', ');
    throw usage(`The runs have no number “${missing}”, or several. Numbers: ${names}.`);
  }
  const verdict = record.judgement?.verdict ?? null;
  if (json) {
    const named = sweep.axes.map(({ target, parameter }, place) => [
      `${target}.${parameter}`,
      values[place],
    ]);
    const line = {
      trial: trial + 1,
      values: Object.fromEntries(named) as Record<string, unknown>,
      seed: record.document.training.seed ?? seed,
      step: record.step,
      metrics: measured,
      verdict,
      ...(record.fault === null ? {} : { fault: record.fault }),
    };
    terminal.out(jsonText(line));
    return;
  }
  const numbers = metrics.map((name) => `${name} ${measured[name]?.toPrecision(6) ?? '–'}`);
  const parts = [
    `${index + 1}/${count}`,
    pointTitle(sweep, values),
    `seed ${record.document.training.seed}`,
    ...numbers,
    verdict ?? record.fault ?? '',
  ];
  terminal.out(parts.join('  '));
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
