import type { Experiment } from '../../document/experiments/experiment';
import type { Verdict } from '../../probing/verdicts/verdicts';
import type { RunState } from '../run/runStore';

/** What has come of an experiment that names a verdict. */
export type Outcome =
  /** No run of it is under way, and none has told. */
  | { readonly kind: 'waiting' }
  /** Not yet as expected, and not yet due; `rests`: paused on the way there. */
  | {
      readonly kind: 'running';
      readonly step: number;
      readonly due: number;
      readonly rests: boolean;
    }
  | { readonly kind: 'held' | 'missed'; readonly verdict: Verdict };

type ObservedRun = Pick<
  RunState,
  'report' | 'reportStale' | 'divergence' | 'state' | 'step' | 'totalSteps' | 'stale'
>;

const GOING: ReadonlySet<RunState['state']> = new Set(['compiling', 'running', 'lost', 'paused']);

/**
 * Compares the verdict with the one expected. `since`: steps that the run had made before the graph showed the experiment. What is
 * to go wrong has gone wrong once it is said; health is only known at the end, since many a model is healthy before it collapses.
 */
export function outcomeOf(
  { verdict = [], steps }: NonNullable<Experiment['expect']>,
  run: ObservedRun,
  since: number,
): Outcome {
  const due = Math.min(since + (steps ?? run.totalSteps), Math.max(run.totalSteps, since + 1));
  const judged = judgedVerdict(run, since);
  const hasEnded = run.state === 'done' || run.state === 'failed' || run.divergence !== null;
  const isDue = hasEnded || (run.report?.step ?? 0) >= due;
  if (judged !== null && verdict.includes(judged) && (judged !== 'healthy' || isDue)) {
    return { kind: 'held', verdict: judged };
  }
  if (judged !== null && isDue) return { kind: 'missed', verdict: judged };
  const isGoing = GOING.has(run.state) && !run.stale;
  return isGoing && (run.step > since || run.state !== 'paused')
    ? { kind: 'running', step: run.step, due, rests: run.state === 'paused' }
    : { kind: 'waiting' };
}

/** What is said of the graph as it is; null where it was said before. */
function judgedVerdict(
  { report, reportStale, divergence, stale, step }: ObservedRun,
  since: number,
): Verdict | null {
  if (stale) return null;
  if (divergence !== null) return step > since || since === 0 ? 'diverged' : null;
  return report === null || reportStale || report.step <= since ? null : report.verdict;
}
