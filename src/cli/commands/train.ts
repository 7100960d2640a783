import { readFile } from 'node:fs/promises';
import { measurements, objectiveNumbers, type ProgramMetrics } from '../../compiler/metrics';
import { hasErrors, type Diagnostic } from '../../core/diagnostic';
import { defined } from '../../core/invariant';
import type { Result } from '../../core/result';
import type { BasinDocument } from '../../document/schema';
import type { EngineInfo, MetricRows } from '../../engine/engine';
import { readWeights, writeWeights } from '../../interop/weightsFile';
import { prepareTraining, type PreparedTraining } from '../../training/prepareTraining';
import { TrainingSession } from '../../training/session';
import type { SessionEvent, Snapshot } from '../../training/sessionState';
import { readAsset } from '../assets';
import { documentHash } from '../documentHash';
import { engineFactory } from '../engines';
import { EXIT } from '../exitCodes';
import { CommandError, printFailure } from '../failure';
import { jsonText } from '../json';
import { printDiagnostics, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { tryOutput, writeOutput } from '../outputFile';
import { readGraph, requireSound } from '../readGraph';

interface TrainOptions extends GraphOptions {
  readonly steps?: number;
  readonly engine: string;
  readonly every: number;
  readonly weights?: string;
  readonly init?: string;
  readonly json?: boolean;
}

/** What `--weights` writes, as a message begins. */
const WEIGHTS = 'The weights file';

/** One reported step: `step` counts the steps done. Terms are λ·t and add up to the loss. */
interface StepReport {
  readonly step: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly gradNorm: number;
}

/** `basin train GRAPH`: the session of the page, driven from a terminal. */
export async function trainCommand(
  terminal: Terminal,
  source: string,
  options: TrainOptions,
): Promise<number> {
  const given = await readGraph(source, terminal, options);
  const steps = options.steps ?? given.training.steps;
  const document = { ...given, training: { ...given.training, steps } };
  const analysis = requireSound(document, terminal);
  // Not only after the work is done.
  if (options.weights !== undefined) await tryOutput(options.weights, WEIGHTS);
  const prepared = unwrap(await prepareTraining(analysis, { asset: readAsset }), EXIT.graph);
  const start = options.init ? await readSnapshot(options.init, prepared) : undefined;
  const lastStep = (start?.step ?? 0) + steps;

  const reporter = new Reporter(terminal, prepared.training.metrics, options, lastStep);
  const session = new TrainingSession({
    prepare: () => Promise.resolve({ ok: true, value: prepared, diagnostics: [] }),
    engineFactory: engineFactory(options.engine),
    totalSteps: lastStep,
    // Nothing evaluates while a terminal trains, so snapshots are not wanted before the end.
    evaluateEvery: lastStep,
    emit: (event) => reporter.take(event),
  });
  const began = performance.now();
  await session.open(start);
  if (session.state === 'failed') {
    return reporter.fail();
  }
  const trainedFrom = performance.now();
  session.run();
  const state = await session.whenStopped();
  const seconds = (performance.now() - trainedFrom) / 1000;
  if (state === 'failed' && !reporter.diverged) return reporter.fail();
  const diverged = state !== 'done';
  if (options.weights !== undefined) {
    await writeWeightsFile(options.weights, prepared, await session.snapshot(), document);
  }
  const done = session.step - (start?.step ?? 0);
  await session.close();
  terminal.err(
    `${done} steps in ${seconds.toFixed(1)} s, after ${((trainedFrom - began) / 1000).toFixed(1)} s of preparation`,
  );
  reporter.finish(session.step, seconds > 0 ? done / seconds : 0, diverged);
  return diverged ? EXIT.graph : EXIT.done;
}

/** What says nothing against the graph: another engine or machine may train it. */
const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'run.engine-unavailable',
  'run.device-lost',
  'run.out-of-memory',
]);

/** Turns session events into lines. */
class Reporter {
  private last: StepReport | null = null;
  private info: EngineInfo | null = null;
  private readonly errors: Diagnostic[] = [];

  constructor(
    private readonly terminal: Terminal,
    private readonly metrics: ProgramMetrics,
    private readonly options: Pick<TrainOptions, 'every' | 'json'>,
    private readonly lastStep: number,
  ) {}

  take(event: SessionEvent): void {
    if (event.kind === 'engine') {
      this.info = event.info;
      this.terminal.err(`Engine: ${event.info.description}. ${event.reason}`);
    } else if (event.kind === 'diagnostics') {
      this.errors.push(...event.diagnostics.filter(({ severity }) => severity === 'error'));
      printDiagnostics(this.terminal, event.diagnostics);
    } else if (event.kind === 'metrics') this.report(event.rows);
  }

  private report(rows: MetricRows): void {
    for (let row = 0; row < rows.rows; row++) {
      const report = stepReport(this.metrics, rows, row);
      this.last = report;
      const first = report.step === 1;
      if (!first && report.step % this.options.every !== 0 && report.step !== this.lastStep) {
        continue;
      }
      this.terminal.out(
        this.options.json
          ? jsonText(report)
          : `step ${report.step}  loss ${report.loss.toPrecision(6)}  gradient ${report.gradNorm.toPrecision(4)}`,
      );
    }
  }

  finish(step: number, stepsPerSecond: number, diverged: boolean): void {
    // A run that has not diverged tells what it had to tell on the way.
    const diagnostics = diverged ? this.errors : [];
    const line = {
      done: true,
      step,
      loss: this.last?.loss ?? null,
      terms: this.last?.terms ?? {},
      engine: this.info?.name ?? null,
      backend: this.info?.backend ?? null,
      stepsPerSecond: Math.round(stepsPerSecond * 10) / 10,
      diverged,
      ...(diagnostics.length > 0 ? { diagnostics } : {}),
    };
    if (this.options.json) this.terminal.out(jsonText(line));
    else if (diverged) this.terminal.err(`Stopped at step ${step}: the run diverged.`);
  }

  /** Whether a value that was not finite ended the run. */
  get diverged(): boolean {
    return this.errors.some(({ code }) => code === 'run.non-finite');
  }

  /** Ends a run that did not get to its end, whose reasons have been told as diagnostics. Returns the exit code. */
  fail(): number {
    const isEngine = this.errors.some(({ code }) => ENGINE_FAULTS.has(code));
    const failure = CommandError.of(this.errors, isEngine ? EXIT.engine : EXIT.graph);
    if (this.options.json) printFailure(this.terminal, failure);
    return failure.exitCode;
  }
}

function stepReport(metrics: ProgramMetrics, rows: MetricRows, row: number): StepReport {
  const { loss, terms, gradNorm } = objectiveNumbers(measurements(metrics, rows, row));
  return { step: rows.firstStep + row + 1, loss, terms, gradNorm };
}

function unwrap<T>(result: Result<T>, exitCode: number): T {
  if (result.ok && !hasErrors(result.diagnostics)) return result.value;
  throw CommandError.of(result.diagnostics, exitCode);
}

async function readSnapshot(path: string, { training }: PreparedTraining): Promise<Snapshot> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    throw new CommandError(`The weights file “${path}” cannot be read.`, EXIT.usage);
  }
  const { origin, state } = unwrap(readWeights(bytes, training.program.state), EXIT.graph);
  return { step: origin.step ?? 0, state };
}

async function writeWeightsFile(
  path: string,
  { training }: PreparedTraining,
  { step, state }: Snapshot,
  document: BasinDocument,
): Promise<void> {
  const specs = training.program.state.filter(({ name }) => state.has(name));
  const bytes = writeWeights(specs, state, {
    step: defined(step, 'step'),
    seed: document.training.seed,
    documentHash: documentHash(document),
  });
  await writeOutput(path, bytes, WEIGHTS);
}
