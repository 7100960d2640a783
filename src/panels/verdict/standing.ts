import type { Verdict } from '../../probing/report';
import type { RunState } from '../run/runStore';
import { verdictTone } from '../run/verdictTone';

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** A judgement as the page shows it. */
export interface ShownJudgement {
  /** In words, lower case. */
  readonly label: Verdict | 'stale';
  readonly tone: ReturnType<typeof verdictTone>;
  readonly reason: string;
}

/**
 * What the judgements of the latest report are worth now.
 * - `stands`: they are of this graph, trained.
 * - `untrained`: at step 0 there is nothing to judge yet.
 * - `stale`: the graph has been changed since, so that it is another one.
 * - `behind`: the run has gone on, and what came since could not be judged.
 * - `diverged`: the run went to infinity; what was measured before that is no evidence of anything good.
 */
export type Standing = 'stands' | 'untrained' | 'stale' | 'behind' | 'diverged';

type JudgedRun = Pick<RunState, 'report' | 'reportStale' | 'reportBehind' | 'divergence'>;

export function standingOf({ report, reportStale, reportBehind, divergence }: JudgedRun): Standing {
  if (divergence !== null) return 'diverged';
  if (reportStale) return 'stale';
  if (report?.verdict === 'diverged') return 'diverged';
  if (reportBehind) return 'behind';
  return report?.step === 0 ? 'untrained' : 'stands';
}

/** One judgement of the latest report. Green only while it stands. */
export function shownJudgement(judgement: Judgement, standing: Standing): ShownJudgement {
  const { verdict, reason } = judgement;
  const asJudged: ShownJudgement = { label: verdict, tone: verdictTone(verdict), reason };
  switch (standing) {
    case 'stands':
      return asJudged;
    case 'untrained':
      return verdict === 'diverged' ? asJudged : none('At step 0 nothing has been trained yet.');
    case 'stale':
      return {
        label: 'stale',
        tone: 'neutral',
        reason: 'It was judged before the graph was changed. Run it for a new verdict.',
      };
    case 'behind':
      return {
        label: 'stale',
        tone: 'neutral',
        reason: 'The run has gone on since it was judged, and its diagnostics do not come.',
      };
    case 'diverged':
      return asJudged.tone === 'good'
        ? none('The run diverged: what was measured before says nothing about it.')
        : asJudged;
  }
}

/** The judgement of the whole run; null while there is nothing to say. */
export function overallJudgement(run: JudgedRun): ShownJudgement | null {
  const { report, divergence } = run;
  if (divergence !== null) {
    return { label: 'diverged', tone: verdictTone('diverged'), reason: divergence.message };
  }
  return report === null ? null : shownJudgement(report, standingOf(run));
}

function none(reason: string): ShownJudgement {
  return { label: 'no verdict', tone: verdictTone('no verdict'), reason };
}
