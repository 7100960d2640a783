import { Button } from '../ui/Button';
import styles from './Embedding.module.css';
import { useEmbeddingActions } from './useEmbedding';

/** How far the embedding is that is being computed, and how to end it. */
export function EmbeddingProgress({ part }: { part: number }) {
  const { stop } = useEmbeddingActions();
  const percent = Math.round(100 * part);
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label="UMAP"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <Button kind="quiet" tip="Ends with what it has" onClick={stop}>
        Stop
      </Button>
    </div>
  );
}
