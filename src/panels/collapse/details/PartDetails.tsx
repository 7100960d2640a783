import { Tex } from '../../../editor/ui/Tex';
import type { EvidenceTable } from '../../../probing/statistics/evidence';
import type { Extent, StatisticTable } from '../../../probing/statistics/statistic';
import { Sparkline } from '../../charts/Sparkline';
import { Drawing, evidenceOf, type ShownEvidence } from '../Drawing';
import { statisticOf, statisticTip, type ShownStatistic } from '../statisticColumns';
import { StatisticValue } from '../StatisticValue';
import styles from './Details.module.css';

interface PartDetailsProps {
  readonly label: string;
  readonly report: object;
  /** Reports on the same up to this one, oldest first. */
  readonly history: readonly (object | undefined)[];
  readonly statistics: StatisticTable<never>;
  readonly evidence?: EvidenceTable<never>;
  readonly extent?: Extent;
}

/** One part of a report: its drawings, and every statistic with symbol, value, course, formula and what is healthy. */
export function PartDetails(props: PartDetailsProps) {
  const { label, report, history, statistics, evidence = {}, extent = null } = props;
  const drawings: [string, ShownEvidence][] = Object.entries(evidence);
  const entries: [string, ShownStatistic][] = Object.entries(statistics);
  const earlier = history.slice(0, -1).filter((one) => one !== undefined);
  return (
    <section className={styles.part}>
      <div className={styles.drawings}>
        {drawings
          .filter(([key]) => evidenceOf(report, key) !== null)
          .map(([key, one]) => (
            <div key={key} className={styles.drawing}>
              <h4 data-tip={statisticTip(one)}>{one.title}</h4>
              <Drawing
                id={key}
                evidence={one}
                report={report}
                earlier={earlier}
                size="large"
                label={label}
              />
            </div>
          ))}
      </div>
      <dl className={styles.statistics}>
        {entries
          .filter(([key]) => statisticOf(report, key) !== null)
          .map(([key, statistic]) => (
            <div key={key} className={styles.statistic}>
              <dt>
                {statistic.title} <Tex tex={statistic.symbol} />
              </dt>
              <dd className={styles.value}>
                <StatisticValue
                  statistic={statistic}
                  value={statisticOf(report, key)}
                  extent={extent}
                />
                <Sparkline
                  values={history.map((one) => (one && statisticOf(one, key)) ?? NaN)}
                  label={`${statistic.title} over the run`}
                />
              </dd>
              <dd className={styles.meaning}>
                <Tex tex={statistic.formula} className={styles.formula} />
                {statistic.help} {statistic.healthy}
                <span className={styles.source}>
                  {' '}
                  Reads {statistic.reads}. Unit: {statistic.unit}. {statistic.source}.
                </span>
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
