import { Wrench } from 'lucide-react';
import type { Remedy } from '../../core/remedy';
import { useEditor } from '../store/useEditor';
import styles from './RemedyButton.module.css';
import { useRemedy } from './useRemedy';

/** Mends a finding in one step; nothing where the graph may not be changed. */
export function RemedyButton({ remedy, onDone }: { remedy: Remedy; onDone?: () => void }) {
  const readOnly = useEditor((state) => state.readOnly);
  const mend = useRemedy();
  if (readOnly) return null;
  return (
    <button
      type="button"
      className={styles.remedy}
      onClick={() => {
        mend(remedy);
        onDone?.();
      }}
    >
      <Wrench size={13} aria-hidden /> {remedy.label}
    </button>
  );
}
