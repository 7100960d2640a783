import { CircleDashed, CircleX, Info } from 'lucide-react';
import type { NodeHealth } from '../../store/overlayStore';
import type { NodeView, Remark } from '../../model/nodeView';
import { useOverlay } from '../../store/useEditor';
import { TONE_ICONS } from '../../ui/toneIcons';
import styles from './HealthIcon.module.css';

export interface Mark {
  readonly tone: NodeHealth['tone'] | 'info';
  readonly text: string;
  readonly error: boolean;
}

const ICONS = { ...TONE_ICONS, neutral: CircleDashed, info: Info } as const;

/**
 * Errors first, then what the run found, then warnings: the worst that is known. A node that a warning is about is not
 * called healthy beside it: what the graph allows and how one run of it went would contradict each other in one breath.
 */
export function worst(remarks: readonly Remark[], health: NodeHealth | undefined): Mark | null {
  const [first] = remarks;
  const said = remarks.map(({ message }) => message).join('\n');
  if (first?.severity === 'error') return { tone: 'bad', text: said, error: true };
  const found = health && `${capitalise(health.label)}: ${health.reason}`;
  const both = [found, said].filter(Boolean).join('\n');
  if (health?.tone === 'bad' || health?.tone === 'warn') {
    return { tone: health.tone, text: both, error: false };
  }
  if (first?.severity === 'warning') return { tone: 'warn', text: said, error: false };
  if (health) return { tone: health.tone, text: both, error: false };
  return first ? { tone: 'info', text: said, error: false } : null;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Green is only for evidence of a run; without a run and without remarks there is no icon. */
export function HealthIcon({ view }: { view: NodeView }) {
  const overlay = useOverlay(view.id);
  const state = worst(view.remarks, overlay?.health);
  return state === null ? null : <HealthMark {...state} />;
}

export function HealthMark({ tone, text, error }: Mark) {
  const Icon = error ? CircleX : ICONS[tone];
  return (
    <span className={styles.health} data-tone={tone} data-tip={text} role="img" aria-label={text}>
      <Icon size={15} strokeWidth={2} aria-hidden />
    </span>
  );
}
