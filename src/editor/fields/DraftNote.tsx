import styles from './fields.module.css';

interface DraftNoteProps {
  readonly error: string | null;
  readonly understood: string | null;
}

/** Below a field: what is wrong with what is typed, or what it was read as. */
export function DraftNote({ error, understood }: DraftNoteProps) {
  if (error !== null) {
    return (
      <span className={styles.error} role="alert">
        {error}
      </span>
    );
  }
  return (
    understood !== null && (
      <span className={styles.understood} role="status">
        = {understood}
      </span>
    )
  );
}
