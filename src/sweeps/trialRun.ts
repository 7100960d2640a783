import type { Diagnostic } from '../core/diagnostic';
import type { BasinDocument } from '../document/schema';
import { finalNumbers } from '../runs/finalNumbers';
import { MetricHistory } from '../runs/metricHistory';
import { runGroup } from '../runs/runGroup';
import type { WholeRun } from '../runs/runFile';
import type { RunJudgement, RunRecord } from '../runs/runRecord';
import type { SweepDefinition } from '../runs/sweepDefinition';
import type { TrialOutcome } from './runTrial';
import { pointTitle, type Trial } from './trials';

/** The same in every browser and on every terminal: a trial that is taken in twice is there once. */
export function trialRunId(sweepId: string, trial: number): string {
  return `${sweepId}-${trial + 1}`;
}

/** A finished trial as a run, to be kept, compared and opened as any other. */
export function trialRun(
  sweep: SweepDefinition,
  trial: Trial,
  document: BasinDocument,
  outcome: TrialOutcome,
  created: number,
): WholeRun {
  const { step, series, curve, report, state, fault, engine } = outcome;
  const history = new MetricHistory();
  if (curve.head.length > 0) history.restore(curve.head, curve.columns);
  const bytes = [...state.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const { name, badge, backend, description } = engine;
  return {
    record: {
      ...unfinishedTrial(sweep, trial, document, created),
      status: fault === null ? 'done' : 'failed',
      engine: { name, badge, backend, description },
      group: runGroup(document, name),
      step,
      series,
      curve: history.head,
      judgement: judgementOf(outcome),
      numbers: report === null ? {} : finalNumbers(report),
      checkpoint: { step, bytes, isWhole: false },
      fault: fault?.message ?? null,
    },
    history,
    // Its numbers and its verdict are kept: a whole report each would fill a browser with a large sweep.
    reports: [],
    state,
  };
}

/** A trial whose graph cannot be trained, with the reason. */
export function refusedRun(
  sweep: SweepDefinition,
  trial: Trial,
  document: BasinDocument,
  diagnostics: readonly Diagnostic[],
  created: number,
): WholeRun {
  const message = diagnostics.find(({ severity }) => severity === 'error')?.message;
  const record: RunRecord = {
    ...unfinishedTrial(sweep, trial, document, created),
    status: 'failed',
    fault: message ?? 'The graph cannot be trained.',
  };
  return { record, history: new MetricHistory(), reports: [], state: null };
}

/** What is known of a trial before it is trained. */
export function unfinishedTrial(
  sweep: SweepDefinition,
  { trial, values, seed }: Trial,
  document: BasinDocument,
  created: number,
): RunRecord {
  return {
    id: trialRunId(sweep.id, trial),
    ordinal: 0,
    name: pointTitle(sweep, values),
    tags: [sweep.name],
    starred: false,
    created,
    updated: created,
    status: 'done',
    document: { ...document, training: { ...document.training, seed } },
    group: runGroup(document, sweep.engine),
    engine: null,
    step: 0,
    totalSteps: sweep.steps,
    trainedFrom: 0,
    reproducible: true,
    series: [],
    curve: new MetricHistory().head,
    judgement: null,
    numbers: {},
    checkpoint: null,
    parent: null,
    trial: { sweepId: sweep.id, trial },
    fault: null,
  };
}

function judgementOf({ report, fault, step }: TrialOutcome): RunJudgement | null {
  if (fault !== null) return { step, verdict: 'diverged', reason: fault.message };
  if (report === null) return null;
  return { step, verdict: report.verdict, reason: report.reason };
}
