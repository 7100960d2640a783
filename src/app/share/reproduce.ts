import { metricName } from '../../compiler/metrics';
import type { BasinDocument, ClaimedResults } from '../../document/schema';
import type { RunActions, RunState, RunStore } from '../../panels/run/runStore';
import { standingOf } from '../../panels/verdict/standing';
import { canReproduce } from './claimsText';

const LOSS = metricName({ kind: 'loss' });

/** Claimed results beside those of this machine. */
export interface Reproduction {
  readonly claims: ClaimedResults;
  readonly status: 'running' | 'done' | 'failed';
  readonly step: number;
  readonly loss: number | null;
  readonly verdict: string | null;
  /** Set when it is done. */
  readonly holds: boolean | null;
  /** |here − claimed| as a part of what is claimed. */
  readonly difference: number | null;
}

/**
 * Two engines round differently, and training amplifies it: what is within one per cent, or within 10⁻⁴ of where the loss started, is
 * the same result.
 */
const RELATIVE = 0.01;
const OF_START = 1e-4;

/** The results of the run as it stands, to be claimed in a link; null when it has none. */
export function claimsOf(run: RunState): ClaimedResults | null {
  const step = run.metrics.nextStep;
  const loss = run.metrics.last(LOSS);
  if (step === 0 || loss === null || !Number.isFinite(loss)) return null;
  return {
    step,
    loss,
    ...(run.report?.step === step && standingOf(run) === 'stands'
      ? { verdict: run.report.verdict }
      : {}),
    ...(run.engine === null ? {} : { engine: run.engine.name }),
  };
}

/** Whether a loss is the claimed one, and how far it is from it. */
export function compareLoss(
  here: number,
  claimed: number,
  start: number,
): { readonly holds: boolean; readonly difference: number } {
  const distance = Math.abs(here - claimed);
  const size = Math.max(Math.abs(here), Math.abs(claimed));
  return {
    holds: distance <= Math.max(RELATIVE * size, OF_START * Math.abs(start)),
    difference: size === 0 ? 0 : distance / size,
  };
}

/**
 * Runs the open document, which has claims, from step 0 for as many steps as they speak of, and compares. `report` hears of the progress. Ends by
 * itself; returns how to call it off.
 */
export function reproduce(
  document: BasinDocument,
  run: RunStore,
  actions: Pick<RunActions, 'runSteps' | 'step'>,
  report: (reproduction: Reproduction) => void,
): () => void {
  const { claims } = document;
  if (claims === undefined || !canReproduce(claims)) return () => undefined;
  const started: Reproduction = {
    claims,
    status: 'running',
    step: 0,
    loss: null,
    verdict: null,
    holds: null,
    difference: null,
  };
  let current = started;
  const update = (change: Partial<Reproduction>): void => {
    current = { ...current, ...change };
    report(current);
  };

  const watch = (state: RunState, before: RunState): void => {
    if (state.state === 'failed' || state.state === 'idle') {
      stop();
      return update({ status: 'failed', step: state.step });
    }
    const step = state.metrics.nextStep;
    if (step !== current.step) update({ step });
    const rests = state.state === 'paused' || state.state === 'done';
    if (!rests) return;
    if (state.step < claims.step) {
      // The run ends before the step that is spoken of: it goes on for the rest.
      if (state.state === 'done' && before.state !== 'done') actions.step(claims.step - state.step);
      return;
    }
    const loss = state.metrics.last(LOSS);
    const judged = state.report?.step === state.step ? state.report.verdict : null;
    if (loss === null || (judged === null && claims.verdict !== undefined)) return;
    stop();
    const start = state.metrics.column(LOSS)?.mean[0] ?? loss;
    const { holds, difference } = compareLoss(loss, claims.loss, start);
    const sameVerdict = claims.verdict === undefined || judged === claims.verdict;
    update({
      status: 'done',
      step: state.step,
      loss,
      verdict: judged,
      holds: holds && sameVerdict,
      difference,
    });
  };
  report(current);
  actions.runSteps(claims.step);
  const stop = run.subscribe(watch);
  return stop;
}
