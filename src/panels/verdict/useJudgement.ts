import { useRun } from '../run/useRun';
import { overallJudgement, shownJudgement, standingOf } from './standing';
import type { Judgement, ShownJudgement, Standing } from './standing';

/** A judgement of the latest report, as it stands now; of another run's report it is said how it stands. */
export function useJudgement(judgement: Judgement, standing?: Standing): ShownJudgement {
  const now = useRun(standingOf);
  return shownJudgement(judgement, standing ?? now);
}

/** The judgement of the whole run; null while there is nothing to say. */
export function useOverallJudgement(): ShownJudgement | null {
  return useRun(overallJudgement);
}
