import type { Extent } from '../../probing/statistics/statistic';
import { formatNumber, formatStatistic } from '../../core/formatNumber';
import { RankBar } from './RankBar';
import type { ShownStatistic } from './statisticColumns';
import styles from './Collapse.module.css';

interface StatisticValueProps {
  readonly statistic: ShownStatistic;
  readonly value: number | null;
  /** Null for an energy, which has no size. */
  readonly extent: Extent | null;
}

/** A statistic as a number, with what to compare it with, or as a part of the most that it can be. */
export function StatisticValue({ statistic, value, extent }: StatisticValueProps) {
  const { bound, reference } = statistic;
  if (value === null) return <>–</>;
  if (bound && extent) return <RankBar rank={value} dim={bound(extent)} />;
  return (
    <>
      {statistic.isCount ? formatNumber(value) : formatStatistic(value)}
      {reference && extent && (
        <span className={styles.beside}> · {formatStatistic(reference.value(extent))}</span>
      )}
    </>
  );
}
