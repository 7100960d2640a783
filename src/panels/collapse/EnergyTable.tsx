import type { ProbeReport } from '../../probing/report';
import { curveStyles, PLAIN_STYLE } from '../charts/curveStyle';
import { VerdictMark } from '../verdict/VerdictMark';
import { SelectRow } from './SelectRow';
import { formatStatistic } from './statistics';
import styles from './Collapse.module.css';

/** One row for each energy: true pairs against shuffled ones. */
export function EnergyTable({ energies }: { energies: ProbeReport['energies'] }) {
  const rows = Object.entries(energies);
  if (rows.length === 0) return null;
  const looks = curveStyles(rows.map(() => 'energy'));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Energy</th>
          <th scope="col" className={styles.number} data-tip="Mean F(x, y) over held-out pairs">
            Data
          </th>
          <th
            scope="col"
            className={styles.number}
            data-tip="Mean F(x, y) with y of another sample, latents inferred anew"
          >
            Shuffled
          </th>
          <th
            scope="col"
            className={styles.number}
            data-tip={
              'Shuffled − data\nAt 0 the energy is flat in y, which is the definition of collapse'
            }
          >
            Gap
          </th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([nodeId, energy], index) => (
          <SelectRow
            key={nodeId}
            nodeId={nodeId}
            label={energy.label}
            style={looks[index] ?? PLAIN_STYLE}
          >
            <td className={styles.number}>{formatStatistic(energy.data)}</td>
            <td className={styles.number}>{orDash(energy.shuffled)}</td>
            <td className={styles.number}>{orDash(energy.gap)}</td>
            <td>
              <VerdictMark verdict={energy.verdict} reason={energy.reason} />
            </td>
          </SelectRow>
        ))}
      </tbody>
    </table>
  );
}

function orDash(value: number | null): string {
  return value === null ? '–' : formatStatistic(value);
}
