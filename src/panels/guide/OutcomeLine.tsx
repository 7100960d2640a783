import { CircleCheck, CircleDashed, CirclePause, CircleX, LoaderCircle } from 'lucide-react';
import { formatWhole } from '../../core/formatNumber';
import styles from './Guide.module.css';
import type { Outcome } from './outcome';

const ICONS = {
  waiting: CircleDashed,
  running: LoaderCircle,
  held: CircleCheck,
  missed: CircleX,
} as const;

/** What was expected, and whether it came. */
export function OutcomeLine({
  outcome,
  expected,
}: {
  readonly outcome: Outcome;
  readonly expected: readonly string[];
}) {
  const isResting = outcome.kind === 'running' && outcome.rests;
  const Icon = isResting ? CirclePause : ICONS[outcome.kind];
  return (
    <p className={styles.outcome} data-outcome={outcome.kind} role="status">
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span>{wordsOf(outcome, expected.join(' or '))}</span>
    </p>
  );
}

function wordsOf(outcome: Outcome, expected: string): string {
  switch (outcome.kind) {
    case 'waiting':
      return `Expected: ${expected}. Run it to see.`;
    case 'running':
      return `Expected: ${expected}, by step ${formatWhole(outcome.due)}. ${outcome.rests ? 'The run rests.' : 'Still running.'}`;
    case 'held':
      return `As expected: ${outcome.verdict}.`;
    case 'missed':
      return `Not as expected: ${outcome.verdict}, where ${expected} should come.`;
  }
}
