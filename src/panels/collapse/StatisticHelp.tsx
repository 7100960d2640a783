import { Tex } from '../../editor/ui/Tex';
import type { ShownStatistic } from './statisticColumns';
import styles from './NodeDiagnosis.module.css';

/** What each statistic is and where it comes from. */
export function StatisticHelp({ statistics }: { statistics: readonly ShownStatistic[] }) {
  return (
    <details className={styles.help}>
      <summary>How these are computed</summary>
      <dl>
        {statistics.map(({ title, symbol, formula, unit, help, healthy, source }) => (
          <div key={title}>
            <dt>
              {title} <Tex tex={symbol} />
            </dt>
            <dd>
              <Tex tex={formula} display />
              {help} {healthy}
              <br />
              Unit: {unit}. {source}.
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
