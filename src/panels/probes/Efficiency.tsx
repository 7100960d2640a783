import { formatWhole } from '../../core/formatNumber';
import type { EfficiencyStudy } from '../../probing/probeStudy';
import type { Studied } from './probesStore';
import { Figure } from './Figure';
import styles from './Probes.module.css';

const ARMS = [
  ['trained', 'Trained'],
  ['untrained', 'Untrained'],
  ['raw', 'Raw'],
] as const;

/** The score by how many of the training rows have labels, beside the untrained network and raw input. */
export function Efficiency({ study, step }: Studied<EfficiencyStudy>) {
  return (
    <table className={styles.table} data-testid="efficiency">
      <caption className={styles.caption}>
        Fitted to its optimum, {step === null ? 'initial weights' : `step ${formatWhole(step)}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Labels</th>
          {study.points.map(({ fraction, rows }) => (
            <th key={fraction} scope="col" className={styles.number} data-tip={`${rows} rows`}>
              {100 * fraction} %
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ARMS.map(([arm, title]) => (
          <tr key={arm}>
            <th scope="row">{title}</th>
            {study.points.map(({ fraction, scores }) => (
              <td key={fraction} className={styles.number}>
                <Figure measure={study.measure} value={scores[arm]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
