import styles from './Collapse.module.css';

/** Effective rank as a part of the dimensions. */
export function RankBar({ rank, dim }: { rank: number; dim: number }) {
  const part = Number.isFinite(rank) ? Math.min(1, Math.max(0, rank / dim)) : 0;
  return (
    <span className={styles.rank}>
      <span className={styles.rankTrack} aria-hidden>
        <span className={styles.rankFill} style={{ width: `${part * 100}%` }} />
      </span>
      <span className={styles.rankText}>
        {Number.isFinite(rank) ? rank.toFixed(1) : '–'} / {dim}
      </span>
    </span>
  );
}
