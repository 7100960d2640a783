import { FINITE_METRIC_PREFIX } from '../compiler/programs/compileDiagnosis';
import { METRIC, type TrainingProgram } from '../compiler/programs/compiled';
import type { Diagnostic } from '../core/diagnostic';
import { fittingState } from '../engine/fittingState';
import { DeviceLostError, type Engine, type MetricRows } from '../engine/engine';
import type { PreparedTraining } from './prepareTraining';
import type { Snapshot } from './sessionState';

/** Metrics that the optimizer's guard looks at: once one of them is not finite, the state stands still. */
const GUARDED: readonly string[] = [METRIC.loss, METRIC.gradNorm];
const TERM_PREFIXES = [METRIC.term(''), METRIC.value('')];

/** The first of `rows` whose loss or gradient is not finite, as an index, or null. */
export function firstBadRow({ names, rows, values }: MetricRows): number | null {
  const columns = GUARDED.map((name) => names.indexOf(name)).filter((column) => column >= 0);
  for (let row = 0; row < rows; row++) {
    const bad = columns.some((column) => !Number.isFinite(values[row * names.length + column]));
    if (bad) return row;
  }
  return null;
}

/** The first `rows` rows. */
export function takeRows(metrics: MetricRows, rows: number): MetricRows {
  return { ...metrics, rows, values: metrics.values.slice(0, rows * metrics.names.length) };
}

/** Where a bad step went wrong, as far as it can be told. */
export interface NonFiniteCause {
  /** The metric that went first: `loss` or `gradNorm`. */
  readonly metric: string;
  readonly value: number;
  /** Node of the first term of the objective that was not finite, in the order of the objective. */
  readonly term: string | null;
  /** The first output that was not finite, in topological order; null when all were, or when it is unknown. */
  readonly source: { readonly nodeId: string; readonly port: string } | null;
  /** Whether the outputs have been looked at. */
  readonly searched: boolean;
}

export interface BadStep {
  readonly engine: Engine;
  readonly prepared: PreparedTraining;
  /** The state in which the bad step began. */
  readonly before: Snapshot;
  readonly live: Readonly<Record<string, number>>;
}

/**
 * The diagnostic `run.non-finite` for row `row` of `metrics`: names the first term of the objective and the first
 * value of the graph that was not finite. Replays the step on `engine` to find it. Throws when the device is lost.
 */
export async function diagnoseBadRow(
  bad: BadStep,
  metrics: MetricRows,
  row: number,
): Promise<Diagnostic> {
  const cause = { ...causeFromRow(metrics, row), ...(await search(bad)) };
  return nonFiniteDiagnostic(cause, bad.before.step, (nodeId) => bad.prepared.labelOf(nodeId));
}

function causeFromRow(
  { names, values }: MetricRows,
  row: number,
): Pick<NonFiniteCause, 'metric' | 'value' | 'term'> {
  const at = (name: string): number => values[row * names.length + names.indexOf(name)] ?? 0;
  const isBad = (name: string): boolean => !Number.isFinite(at(name));
  const metric = GUARDED.find((name) => names.includes(name) && isBad(name)) ?? METRIC.loss;
  const term = names.find(
    (name) => TERM_PREFIXES.some((prefix) => name.startsWith(prefix)) && isBad(name),
  );
  return {
    metric,
    value: at(metric),
    term: term === undefined ? null : term.slice(term.indexOf(':') + 1),
  };
}

async function search(bad: BadStep): Promise<Pick<NonFiniteCause, 'source' | 'searched'>> {
  try {
    const diagnosis = bad.prepared.diagnosis();
    if (diagnosis.ok) return { source: await findSource(bad, diagnosis.value), searched: true };
  } catch (error) {
    if (error instanceof DeviceLostError) throw error;
    // The run has failed already: that its cause cannot be found must not hide it.
  }
  return { source: null, searched: false };
}

/** Runs the diagnosis program for the bad step and returns the first output that was not finite. */
async function findSource(
  { engine, prepared, before, live }: BadStep,
  { program }: TrainingProgram,
): Promise<NonFiniteCause['source']> {
  const executable = await engine.compile(program, prepared.data);
  try {
    executable.writeState(fittingState(program, before.state), before.step);
    executable.setLive(live);
    await executable.run(1);
    const { names, values } = await executable.drainMetrics();
    const first = names.find(
      (name, column) => name.startsWith(FINITE_METRIC_PREFIX) && values[column] === 0,
    );
    if (first === undefined) return null;
    const [nodeId = '', port = ''] = first.slice(FINITE_METRIC_PREFIX.length).split('.');
    return { nodeId, port };
  } finally {
    executable.dispose();
  }
}

/** In the user's words. `step` is the bad step's number. */
export function nonFiniteDiagnostic(
  { metric, value, term, source, searched }: NonFiniteCause,
  step: number,
  labelOf: (nodeId: string) => string,
): Diagnostic {
  const what = metric === METRIC.gradNorm ? 'gradient' : 'loss';
  const became = Number.isNaN(value) ? 'not a number' : 'infinite';
  const parts = [`At step ${step} the ${what} became ${became}.`];
  if (term !== null) parts.push(`The first term to go was “${labelOf(term)}”.`);
  if (source) {
    parts.push(
      `The first value that was not finite is output “${source.port}” of “${labelOf(source.nodeId)}”.`,
    );
  } else if (searched && term === null) {
    parts.push('All outputs of the graph were finite: it happened in their derivatives.');
  }
  const nodeId = source?.nodeId ?? term;
  return {
    code: 'run.non-finite',
    severity: 'error',
    message: parts.join(' '),
    ...(nodeId === null ? {} : { nodeId }),
    ...(source ? { portId: source.port } : {}),
    hint: 'The weights are as they were before this step, but were already too large for it. Lower the learning rate or the weight of a term, and reset.',
  };
}
