import styles from './Data.module.css';

/** How much of a file has been read. */
export function ReadingProgress({ part, of }: { readonly part: number; readonly of: string }) {
  return (
    <div className={styles.progress} role="status">
      <progress max={1} value={part} aria-label="Reading" />
      {Math.round(100 * part)} % of {of}
    </div>
  );
}
