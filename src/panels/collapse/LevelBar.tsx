import { formatStatistic } from '../../core/formatNumber';
import styles from './Collapse.module.css';

interface LevelBarProps {
  readonly value: number;
  /** Of the part that has least, a mark on the bar. */
  readonly least: number | null;
  /** What fills the bar. */
  readonly full: number;
}

/** A number as a bar, with a mark where the least of its parts is. */
export function LevelBar({ value, least, full }: LevelBarProps) {
  const part = (one: number): string =>
    `${100 * Math.min(1, Math.max(0, Number.isFinite(one) ? one / full : 0))}%`;
  return (
    <span className={styles.rank}>
      <span className={styles.rankTrack} aria-hidden>
        <span className={styles.levelFill} style={{ width: part(value) }} />
        {least !== null && <span className={styles.levelLeast} style={{ left: part(least) }} />}
      </span>
      <span className={styles.levelText}>
        <span>{formatStatistic(value)}</span>
        {least !== null && <span className={styles.beside}> · {formatStatistic(least)}</span>}
      </span>
    </span>
  );
}
