import { CircleDashed } from 'lucide-react';
import { TONE_ICONS } from '../../editor/ui/toneIcons';
import type { Verdict } from '../../probing/report';
import { VERDICTS } from '../../probing/verdicts/verdicts';
import type { ShownJudgement, Standing } from './standing';
import { useJudgement } from './useJudgement';
import styles from './VerdictMark.module.css';

const ICONS = { ...TONE_ICONS, neutral: CircleDashed } as const;

interface VerdictMarkProps {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** Of a report that is not the latest of the run. */
  readonly standing?: Standing | undefined;
}

/** A verdict of the latest report, as it stands now; the reason is its tooltip, or else what it means. */
export function VerdictMark({ verdict, reason, standing }: VerdictMarkProps) {
  const judgement = { verdict, reason: reason ?? VERDICTS[verdict].help };
  return <JudgementMark {...useJudgement(judgement, standing)} />;
}

/** A judgement in an icon and words; the reason is its tooltip. */
export function JudgementMark({
  label,
  tone,
  reason,
  chip = false,
}: ShownJudgement & {
  /** On a tinted ground, for the top bar. */
  readonly chip?: boolean;
}) {
  const Icon = ICONS[tone];
  return (
    <span className={styles.mark} data-tone={tone} data-chip={chip} data-tip={reason || undefined}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span className={styles.words}>{sentenceCase(label)}</span>
    </span>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
