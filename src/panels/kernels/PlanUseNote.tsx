import { Cpu, Info, TriangleAlert, Zap } from 'lucide-react';
import { useRun } from '../run/useRun';
import type { ShownPlan } from './kernelsStore';
import { planUse } from './planUse';
import styles from './PlanUseNote.module.css';

const ICONS = { runs: Zap, wouldRun: Cpu, changed: Info, tooLarge: TriangleAlert };

interface PlanUseNoteProps {
  readonly plan: ShownPlan;
  /** Beside the tabs where there is room for it, else in the panel: of the two one is shown. */
  readonly place: 'tools' | 'panel';
}

/** Whether the plan is what computes, in a few words. */
export function PlanUseNote({ plan, place }: PlanUseNoteProps) {
  const { tone, text } = useRun((run) => planUse(plan, run));
  const Icon = ICONS[tone];
  return (
    <p
      className={styles.use}
      data-place={place}
      data-tone={tone}
      data-tip={place === 'tools' ? text : undefined}
      data-testid="plan-use"
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      <span>{text}</span>
    </p>
  );
}
