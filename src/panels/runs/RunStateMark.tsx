import { CirclePause, CircleX, LoaderCircle, Unplug } from 'lucide-react';
import { VERDICTS, type Verdict } from '../../probing/verdicts/verdicts';
import type { RunRecord } from '../../runs/runRecord';
import { verdictTone } from '../run/verdictTone';
import { JudgementMark } from '../verdict/VerdictMark';
import { shownStatus, type ShownStatus } from './runRows';
import styles from './RunList.module.css';
import { useRuns } from './useRuns';

const STATES: Readonly<
  Record<
    ShownStatus,
    { readonly words: string; readonly tip: string; readonly Icon: typeof Unplug | null }
  >
> = {
  running: { words: 'Running', tip: 'It is being recorded.', Icon: LoaderCircle },
  interrupted: {
    words: 'Interrupted',
    tip: 'The page was closed while it ran. It can go on from where its weights were kept last.',
    Icon: Unplug,
  },
  paused: { words: 'At rest', tip: 'It was paused.', Icon: CirclePause },
  stopped: { words: 'Stopped', tip: 'It was ended before its last step.', Icon: CirclePause },
  failed: { words: 'Failed', tip: 'It stopped on a fault.', Icon: CircleX },
  done: { words: 'Done', tip: 'It has done all its steps.', Icon: null },
};

/** What was found of a run, and what became of it where that is more than that it is done. */
export function RunStateMark({ runs }: { runs: readonly RunRecord[] }) {
  const recorded = useRuns((state) => state.recorded);
  const [only] = runs;
  if (only === undefined) return null;
  const now = Date.now();
  const status = runs.length === 1 ? shownStatus(only, recorded, now) : 'done';
  const { words, tip, Icon } = STATES[status];
  const verdicts = runs.flatMap(({ judgement }) => judgement?.verdict ?? []);
  const [verdict] = mostFrequent(verdicts);
  return (
    <span className={styles.state}>
      {Icon !== null && (
        <span
          className={styles.status}
          data-status={status}
          data-tip={only.fault === null ? tip : `${tip}\n${only.fault}`}
        >
          <Icon size={13} strokeWidth={1.75} aria-hidden /> {words}
        </span>
      )}
      {verdict !== undefined && (
        <JudgementMark
          label={verdict}
          tone={verdictTone(verdict)}
          reason={reasonOf(runs, verdicts)}
        />
      )}
    </span>
  );
}

function mostFrequent(verdicts: readonly Verdict[]): Verdict[] {
  const count = (verdict: Verdict): number => verdicts.filter((one) => one === verdict).length;
  return [...new Set(verdicts)].sort((a, b) => count(b) - count(a));
}

function reasonOf(runs: readonly RunRecord[], verdicts: readonly Verdict[]): string {
  const [only] = runs;
  if (runs.length === 1) return only?.judgement?.reason ?? '';
  return mostFrequent(verdicts)
    .map((verdict) => {
      const count = verdicts.filter((one) => one === verdict).length;
      return `${verdict}: ${count} of ${runs.length}. ${VERDICTS[verdict].help}`;
    })
    .join('\n');
}
