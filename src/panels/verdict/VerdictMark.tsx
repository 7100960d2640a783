import { CircleDashed } from 'lucide-react';
import { TONE_ICONS } from '../../editor/ui/toneIcons';
import type { Verdict } from '../../probing/report';
import { VERDICTS } from '../../probing/verdicts/verdicts';
import { verdictTone } from '../run/verdictTone';
import styles from './VerdictMark.module.css';

const ICONS = { ...TONE_ICONS, neutral: CircleDashed } as const;

/** A verdict in an icon and words; the reason is its tooltip, or else what it means. */
export function VerdictMark({
  verdict,
  reason,
  chip = false,
}: {
  verdict: Verdict;
  reason?: string;
  /** On a tinted ground, for the top bar. */
  chip?: boolean;
}) {
  const tone = verdictTone(verdict);
  const Icon = ICONS[tone];
  return (
    <span
      className={styles.mark}
      data-tone={tone}
      data-chip={chip}
      data-tip={reason ?? VERDICTS[verdict].help}
    >
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span className={styles.words}>{sentenceCase(verdict)}</span>
    </span>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
