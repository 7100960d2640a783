import { measurements, objectiveNumbers, type ProgramMetrics } from '../../compiler/metrics';
import type { Diagnostic } from '../../core/diagnostic';
import { formatFigure, formatWhole } from '../../core/formatNumber';
import type { BasinDocument } from '../../document/schema';
import type { EngineInfo, MetricRows } from '../../engine/engine';
import { originWarnings } from '../../interop/originWarnings';
import { fitWeights, startOf, writeWeights, type WeightsFile } from '../../interop/weightsFile';
import { prepareTraining, type PreparedTraining } from '../../training/prepareTraining';
import { pastSchedule, scheduleStand } from '../../training/scheduleNotes';
import { TrainingSession } from '../../training/session';
import type { SessionEvent, Snapshot } from '../../training/sessionState';
import { readAsset } from '../assets';
import { documentHash } from '../documentHash';
import { engineFactory } from '../engines';
import { EXIT, SIGNAL_EXIT } from '../exitCodes';
import { CommandError, printFailure } from '../failure';
import { jsonText } from '../json';
import { printDiagnostics, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { OutputError } from '../outputError';
import { tryOutput, writeOutput } from '../outputFile';
import { readGraph, requireSound } from '../readGraph';
import { openWeightsFile } from '../readWeightsFile';
import { unwrap } from '../unwrap';
import { Interruption } from '../interruption';

interface TrainOptions extends GraphOptions {
  readonly steps?: number;
  readonly engine: string;
  readonly every: number;
  readonly weights?: string;
  readonly saveEvery?: number;
  readonly init?: string;
  readonly initPartial?: boolean;
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
  readonly learningRate: number;
}

/** `basin train GRAPH`: the session of the page, driven from a terminal. */
export async function trainCommand(
  terminal: Terminal,
  source: string,
  options: TrainOptions,
): Promise<number> {
  if (options.saveEvery !== undefined && options.weights === undefined) {
    throw new CommandError('--save-every says how often --weights is written.', EXIT.usage);
  }
  const given = await readGraph(source, terminal, options);
  const file = options.init === undefined ? null : await openWeightsFile(options.init, terminal);
  const unfinished = file && options.steps === undefined ? stepsOfUnfinished(file, options) : null;
  const steps = unfinished ?? options.steps ?? given.training.steps;
  const document = { ...given, training: { ...given.training, steps } };
  const analysis = requireSound(document, terminal);
  // Not only after the work is done.
  if (options.weights !== undefined) await tryOutput(options.weights, WEIGHTS);
  const began = file && new Map([...file.tensors].map(([name, { values }]) => [name, values]));
  const prepared = unwrap(
    terminal,
    await prepareTraining(analysis, { asset: readAsset, ...(began ? { state: began } : {}) }),
    EXIT.graph,
  );
  const start = file ? readStart(file, prepared, document, options, terminal) : undefined;
  const lastStep = unfinished ?? (start?.step ?? 0) + steps;
  if (unfinished !== null && start) {
    terminal.err(`Goes on at step ${formatWhole(start.step)} of ${formatWhole(lastStep)}.`);
  }
  const stretch = { from: start?.step ?? 0, to: lastStep };
  const stand = stretch.from > 0 ? scheduleStand(document.training, stretch) : null;
  if (stand !== null) terminal.err(stand);
  const past = pastSchedule(document.training, stretch);
  if (past !== null) printDiagnostics(terminal, [past]);

  const reporter = new Reporter(terminal, prepared.training.metrics, options, lastStep);
  const session = new TrainingSession({
    prepare: () => Promise.resolve({ ok: true, value: prepared, diagnostics: [] }),
    engineFactory: engineFactory(options.engine),
    totalSteps: lastStep,
    // Nothing evaluates while a terminal trains, so snapshots are not wanted before the end.
    evaluateEvery: lastStep,
    emit: (event) => reporter.take(event),
  });
  const preparedFrom = performance.now();
  await session.open(start);
  if (session.state === 'failed') {
    return reporter.fail();
  }
  const save = async (): Promise<void> => {
    if (options.weights === undefined) return;
    await writeWeightsFile(options.weights, prepared, await session.snapshot(), document);
  };
  const trainedFrom = performance.now();
  const interruption = new Interruption(() => void session.pause());
  reporter.onUnheard = () => void session.pause();
  const hasFailed = (): boolean => session.state === 'failed';
  const isEnded = (): boolean => interruption.signal !== null || reporter.unheard !== null;
  while (session.step < lastStep && !hasFailed() && !isEnded()) {
    const every = options.saveEvery ?? lastStep;
    await session.stepBy(Math.min(every - (session.step % every), lastStep - session.step));
    if (options.saveEvery !== undefined && session.step < lastStep) await save();
  }
  interruption.dispose();
  const seconds = (performance.now() - trainedFrom) / 1000;
  const diverged = hasFailed();
  if (diverged && !reporter.diverged) return reporter.fail();
  await save();
  const done = session.step - (start?.step ?? 0);
  await session.close();
  if (reporter.unheard?.isClosed) throw reporter.unheard;
  terminal.err(
    `${done} steps in ${seconds.toFixed(1)} s, after ${((trainedFrom - preparedFrom) / 1000).toFixed(1)} s of preparation`,
  );
  if (reporter.unheard !== null) throw reporter.unheard;
  if (interruption.signal && session.step < lastStep) {
    const where = options.weights ? `: --init ${options.weights} goes on from there` : '';
    terminal.err(`Stopped at step ${formatWhole(session.step)}${where}.`);
    return SIGNAL_EXIT[interruption.signal];
  }
  reporter.finish(session.step, seconds > 0 ? done / seconds : 0, diverged);
  return diverged ? EXIT.graph : EXIT.done;
}

/** The step that the run of a file was to end with, where it has not come to it: it goes on to there. */
function stepsOfUnfinished(
  { origin: { step, document } }: WeightsFile,
  { initPartial = false }: TrainOptions,
): number | null {
  const steps = document?.training.steps ?? 0;
  return !initPartial && step !== null && step < steps ? steps : null;
}

/** What says nothing against the graph: another engine or machine may train it. */
const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'run.engine-unavailable',
  'run.device-lost',
  'run.out-of-memory',
]);

/** Turns session events into lines. */
class Reporter {
  /** Why what it tells cannot be written; a run ends then, but not before its weights are. */
  unheard: OutputError | null = null;
  onUnheard: () => void = () => undefined;

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
      this.print(
        this.options.json
          ? jsonText(report)
          : `step ${report.step}  loss ${report.loss.toPrecision(6)}  gradient ${report.gradNorm.toPrecision(4)}  rate ${formatFigure(report.learningRate)}`,
      );
    }
  }

  private print(text: string): void {
    if (this.unheard !== null) return;
    try {
      this.terminal.out(text);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      this.unheard = error;
      this.onUnheard();
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
  const numbers = objectiveNumbers(measurements(metrics, rows, row));
  return { step: rows.firstStep + row + 1, ...numbers };
}

/** `--init FILE`, with what there is to know of it before it is used. */
function readStart(
  file: WeightsFile,
  { training }: PreparedTraining,
  document: BasinDocument,
  { initPartial = false }: TrainOptions,
  terminal: Terminal,
): Snapshot {
  const specs = training.program.state;
  const read = unwrap(terminal, fitWeights(file, specs, { partial: initPartial }), EXIT.graph);
  printDiagnostics(terminal, originWarnings(read, document));
  return startOf(read);
}

async function writeWeightsFile(
  path: string,
  { training }: PreparedTraining,
  { step, state }: Snapshot,
  document: BasinDocument,
): Promise<void> {
  const specs = training.program.state.filter(({ name }) => state.has(name));
  const origin = { step, document, documentHash: documentHash(document) };
  await writeOutput(path, writeWeights(specs, state, origin), WEIGHTS);
}
