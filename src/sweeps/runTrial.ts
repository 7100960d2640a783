import { analyse } from '../compiler/analysis/analyse';
import type { DatasetCache } from '../compiler/programs/loadData';
import type { Diagnostic } from '../core/diagnostic';
import { success, type Result } from '../core/result';
import type { BasinDocument } from '../document/schema';
import type { Engine, EngineInfo, Executable, HostArrays } from '../engine/engine';
import type { Registry } from '../graph/registry';
import { Prober } from '../probing/prober';
import type { ProbeReport } from '../probing/report';
import { MetricHistory, type Column, type HistoryHead } from '../runs/metricHistory';
import { seriesOf } from '../runs/seriesOf';
import type { SeriesInfo } from '../runs/seriesInfo';
import { ChunkPlanner } from '../training/chunkPlanner';
import { nextTask } from '../training/nextTask';
import { nonFiniteDiagnostic } from '../training/nonFiniteDiagnostic';
import { firstBadRow, readBadRow, takeRows } from '../training/nonFiniteRows';
import { prepareTraining, type PreparedTraining } from '../training/prepareTraining';
import { modelSnapshot } from '../training/snapshots';

/** Buckets of a trial's curve. */
const CURVE_CAPACITY = 2048;

export interface TrialMachine {
  /** Stays the caller's: it is not disposed of. */
  readonly engine: Engine;
  asset(name: string): Promise<ArrayBuffer>;
  readonly cache: DatasetCache;
}

export interface TrialWatch {
  /** Steps done so far. */
  onStep?(step: number): void;
  /** Whether it is not wanted any more. */
  isCancelled?(): boolean;
}

/** What came of a trial. Plain data: it crosses from a worker to the page. */
export interface TrialOutcome {
  readonly step: number;
  readonly series: readonly SeriesInfo[];
  readonly curve: { readonly head: HistoryHead; readonly columns: readonly Column[] };
  /** On held-out data with the last weights; null where it diverged. */
  readonly report: ProbeReport | null;
  /** Weights and statistics. */
  readonly state: HostArrays;
  /** Why it did not come to its end. */
  readonly fault: Diagnostic | null;
  readonly engine: EngineInfo;
}

/**
 * Trains a document for its number of steps and judges it, without a session: as fast as the engine goes, and the same numbers
 * wherever the same engine runs. Null when it was cancelled; fails with the errors of the graph. Engine failures throw.
 */
export async function runTrial(
  document: BasinDocument,
  registry: Registry,
  machine: TrialMachine,
  watch: TrialWatch = {},
): Promise<Result<TrialOutcome | null>> {
  const { engine, asset, cache } = machine;
  const analysis = analyse(document, registry);
  const prepared = await prepareTraining(analysis, { asset, cache });
  if (!prepared.ok) return prepared;
  const executable = await engine.compile(prepared.value.training.program, prepared.value.data);
  try {
    const history = new MetricHistory(CURVE_CAPACITY);
    const { steps } = document.training;
    const trained = await train(executable, prepared.value, history, steps, watch);
    if (trained === null) return success(null);
    const { program } = prepared.value.training;
    const { state } = modelSnapshot(program, {
      step: trained.step,
      state: await executable.readState(),
    });
    let report: ProbeReport | null = null;
    if (trained.fault === null) {
      const prober = await Prober.create(analysis, { engine, asset, cache });
      if (!prober.ok) return prober;
      report = await prober.value.probe({ step: trained.step, state });
      prober.value.dispose();
    }
    return success({
      ...trained,
      series: seriesOf(analysis),
      curve: {
        head: history.head,
        columns: history.names.flatMap((name) => copyOf(history.column(name))),
      },
      report,
      state,
      engine: engine.info,
    });
  } finally {
    executable.dispose();
  }
}

interface Trained {
  readonly step: number;
  readonly fault: Diagnostic | null;
}

/** All steps, or those up to one that was not finite. */
async function train(
  executable: Executable,
  prepared: PreparedTraining,
  history: MetricHistory,
  steps: number,
  { onStep, isCancelled }: TrialWatch,
): Promise<Trained | null> {
  const { metrics } = prepared.training;
  const planner = new ChunkPlanner();
  while (executable.step < steps) {
    if (isCancelled?.() === true) return null;
    const untilStop = steps - executable.step;
    const count = planner.next({ ringSpace: executable.ringCapacity, untilStop });
    const started = performance.now();
    await executable.run(count);
    const rows = await executable.drainMetrics();
    planner.record(count, performance.now() - started);
    const bad = firstBadRow(metrics, rows);
    history.append(bad === null ? rows : takeRows(rows, bad + 1));
    if (bad !== null) {
      const step = rows.firstStep + bad;
      const cause = { ...readBadRow(metrics, rows, bad), source: null };
      return { step, fault: nonFiniteDiagnostic(cause, step, prepared.labelOf) };
    }
    onStep?.(executable.step);
    await nextTask();
  }
  return { step: executable.step, fault: null };
}

function copyOf(column: Column | null): Column[] {
  if (column === null) return [];
  return [{ mean: column.mean.slice(), low: column.low.slice(), high: column.high.slice() }];
}
