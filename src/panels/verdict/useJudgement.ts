import { useRun } from '../run/useRun';
import { overallJudgement, shownJudgement, standingOf } from './standing';
import type { Judgement, ShownJudgement } from './standing';

/** A judgement of the latest report, as it stands now. */
export function useJudgement(judgement: Judgement): ShownJudgement {
  return shownJudgement(judgement, useRun(standingOf));
}

/** The judgement of the whole run; null while there is nothing to say. */
export function useOverallJudgement(): ShownJudgement | null {
  return useRun(overallJudgement);
}
