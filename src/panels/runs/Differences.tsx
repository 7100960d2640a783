import { Minus, PencilLine, Plus } from 'lucide-react';
import type { Difference } from '../../runs/documentDifference';
import styles from './RunDetails.module.css';

const ICONS = { added: Plus, removed: Minus, changed: PencilLine } as const;

/** What differs between two graphs, in words. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  if (differences.length === 0) return <p className={styles.same}>They mean the same.</p>;
  return (
    <ul className={styles.differences} data-testid="differences">
      {differences.map(({ kind, subject, detail }, index) => {
        const Icon = ICONS[kind];
        return (
          <li key={index} data-kind={kind}>
            <Icon size={13} strokeWidth={2} role="img" aria-label={kind} />
            <span>
              {subject}
              {detail !== '' && `: ${detail}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
