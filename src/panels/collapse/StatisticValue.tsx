import type { Extent } from '../../probing/statistics/statistic';
import { formatNumber, formatStatistic } from '../../core/formatNumber';
import { LevelBar } from './LevelBar';
import { RankBar } from './RankBar';
import type { ShownStatistic } from './statisticColumns';
import styles from './Collapse.module.css';

interface StatisticValueProps {
  readonly statistic: ShownStatistic;
  readonly value: number | null;
  /** Statistics that stand in the same place. */
  readonly beside?: readonly (number | null)[];
  /** Null for an energy, which has no size. */
  readonly extent: Extent | null;
}

/** A statistic as a number, with what to compare it with, or as a part of the most that it can be. */
export function StatisticValue({ statistic, value, beside = [], extent }: StatisticValueProps) {
  const { bound, level, reference } = statistic;
  if (value === null) return <>–</>;
  if (bound && extent) return <RankBar rank={value} dim={bound(extent)} />;
  if (level !== undefined) return <LevelBar value={value} least={beside[0] ?? null} full={level} />;
  return (
    <>
      {statistic.isCount ? formatNumber(value) : formatStatistic(value)}
      {[...beside, reference && extent ? reference.value(extent) : null]
        .filter((other) => other !== null)
        .map((other, index) => (
          <span key={index} className={styles.beside}>
            {' '}
            · {formatStatistic(other)}
          </span>
        ))}
    </>
  );
}
